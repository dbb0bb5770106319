package dev.stet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Random;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.stet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule roomsAreFreeOfCircles = slices()
      .matching("dev.stet.(*)..")
      .should()
      .beFreeOfCycles()
      .because("a reader who follows one value must never come back to a room already left");

  @ArchTest
  static final ArchRule nothingSeesTheFrontDoor = noClasses()
      .that(resideOutsideOfPackage("dev.stet"))
      .should()
      .dependOnClassesThat(resideInAPackage("dev.stet"))
      .because(
          "the front door composes the rooms; a room that sees it could not be used, tested or read alone");

  @ArchTest
  static final ArchRule seedsSeeNothing = classes()
      .that(resideInAPackage("dev.stet.seeds"))
      .should()
      .onlyDependOnClassesThat(
          resideInAnyPackage("dev.stet.seeds", "java..", "org.jspecify.annotations"))
      .because("seeds can be used alone, on java.base");

  @ArchTest
  static final ArchRule statisticsWorkOnBareNumbers = noClasses()
      .that(resideInAPackage("dev.stet.statistics"))
      .should()
      .dependOnClassesThat(resideInAPackage("dev.stet..")
          .and(resideOutsideOfPackage("dev.stet.statistics"))
          .and(resideOutsideOfPackage("dev.stet.seeds")))
      .because(
          "a method on bare numbers can be checked against R and SciPy without anything of ours");

  @ArchTest
  static final ArchRule fingerprintsWorkOnBareValues = noClasses()
      .that(resideInAPackage("dev.stet.fingerprint"))
      .should()
      .dependOnClassesThat(
          resideInAPackage("dev.stet..").and(resideOutsideOfPackage("dev.stet.fingerprint")))
      .because("what determines a run must not depend on how runs are made or compared");

  @ArchTest
  static final ArchRule tracesSeeOnlySeeds = noClasses()
      .that(resideInAPackage("dev.stet.trace"))
      .should()
      .dependOnClassesThat(resideInAPackage("dev.stet..")
          .and(resideOutsideOfPackage("dev.stet.trace"))
          .and(resideOutsideOfPackage("dev.stet.seeds")))
      .because("the ledger will keep traces that no front door made");

  @ArchTest
  static final ArchRule forksKnowNothingOfExperiments = noClasses()
      .that(resideInAPackage("dev.stet.fork"))
      .should()
      .dependOnClassesThat(
          resideInAPackage("dev.stet..").and(resideOutsideOfPackage("dev.stet.fork")))
      .because("processes, limits and links can be tested without a training loop");

  @ArchTest
  static final ArchRule watchersSeeOnlySeeds = noClasses()
      .that(resideInAPackage("dev.stet.spi"))
      .should()
      .dependOnClassesThat(resideInAPackage("dev.stet..")
          .and(resideOutsideOfPackage("dev.stet.spi"))
          .and(resideOutsideOfPackage("dev.stet.seeds")))
      .because("whoever watches trials must not need to know how they are run, compared or kept");

  @ArchTest
  static final ArchRule noAmbientRandomness = noClasses()
      .should()
      .callConstructor(Random.class)
      .orShould()
      .callMethod(Math.class, "random")
      .orShould()
      .dependOnClassesThat()
      .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
      .because(
          "a library about reproducibility draws from no unseeded source; Seed.fresh() asks the system by name");

  @ArchTest
  static final ArchRule librariesStayInside = methods()
      .that()
      .areDeclaredInClassesThat(resideInAPackage("dev.stet.."))
      .and()
      .arePublic()
      .should(namePublicTypesOfNone("com.google.", "tools.jackson.", "org.objectweb."))
      .because("a user must be free to have another version of Guava, Jackson or ASM");

  @ArchTest
  static final ArchRule publicTypesAreFinalOrSealed = classes()
      .that(resideInAPackage("dev.stet.."))
      .and()
      .arePublic()
      .and()
      .areNotInterfaces()
      .and()
      .areNotEnums()
      .should(beFinalOrSealed())
      .because("adding is easy and removing is not: a type open to subclasses can never change");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre = noClasses()
      .should()
      .haveNameMatching(".*(Impl|Helper|Utils?|Manager)")
      .because("a helper with a subject is named by its subject");

  @ArchTest
  static final ArchRule neverWritesToStandardOutput = noClasses()
      .that()
      .doNotHaveFullyQualifiedName("dev.stet.fork.Forwarder")
      .and()
      .doNotHaveFullyQualifiedName("dev.stet.fork.WorkerMain")
      .should(callPrint())
      .because(
          "a library that prints disturbs whoever reads the output; progress goes to the terminal's console; what a user's code prints in a forked JVM is passed on");

  private static ArchCondition<JavaClass> beFinalOrSealed() {
    return new ArchCondition<>("be final or sealed") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed =
            type.getModifiers().contains(JavaModifier.FINAL) || type.reflect().isSealed();
        events.add(
            new SimpleConditionEvent(type, closed, type.getName() + " is open to subclasses"));
      }
    };
  }

  private static ArchCondition<JavaMethod> namePublicTypesOfNone(String... prefixes) {
    return new ArchCondition<>("name no type of " + String.join(", ", prefixes)) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        if (!method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)) {
          return;
        }
        Stream.concat(
                method.getRawParameterTypes().stream(),
                Stream.concat(
                    Stream.of(method.getRawReturnType()), method.getAllInvolvedRawTypes().stream()))
            .filter(type -> Stream.of(prefixes).anyMatch(type.getName()::startsWith))
            .forEach(type -> events.add(SimpleConditionEvent.violated(
                method, method.getFullName() + " names " + type.getName())));
      }
    };
  }

  private static ArchCondition<JavaClass> callPrint() {
    return new ArchCondition<>("call System.out or System.err") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getFieldAccessesFromSelf().stream()
            .filter(access -> access.getTarget().getOwner().isEquivalentTo(System.class))
            .forEach(access ->
                events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
        type.getMethodCallsFromSelf().stream()
            .filter(ArchitectureTest::printsAStackTrace)
            .forEach(
                call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
      }
    };
  }

  private static boolean printsAStackTrace(JavaCall<?> call) {
    return call.getTarget().getName().equals("printStackTrace");
  }
}
