package dev.stet.junit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.annotation.Annotation;

@AnalyzeClasses(packages = "dev.stet.junit", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule seesTheFrontDoorAndTheSeamsAlone = classes()
      .that()
      .resideInAPackage("dev.stet.junit")
      .should()
      .onlyDependOnClassesThat(resideInAnyPackage(
          "dev.stet",
          "dev.stet.junit",
          "dev.stet.fingerprint",
          "dev.stet.seeds",
          "dev.stet.spi",
          "java..",
          "org.junit.jupiter.api..",
          "org.junit.platform.commons.support..",
          "org.opentest4j",
          "org.jspecify.annotations"))
      .because("a guard is met through its seam, and JUnit through what 5 and 6 have in common");

  @ArchTest
  static final ArchRule onlyAnnotationsArePublic = classes()
      .that()
      .arePublic()
      .and()
      .areTopLevelClasses()
      .should()
      .beAssignableTo(Annotation.class)
      .because("a test names annotations; how they work can change then");

  @ArchTest
  static final ArchRule hasNoEngineOfItsOwn = noClasses()
      .should()
      .dependOnClassesThat()
      .resideInAnyPackage("org.junit.platform.engine..", "org.junit.platform.launcher..")
      .because("the launcher belongs to the build or the IDE that runs the tests");
}
