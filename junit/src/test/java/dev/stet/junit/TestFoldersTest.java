package dev.stet.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Maven, Gradle and IDEs put classes of tests. */
class TestFoldersTest {
  @TempDir
  Path folder;

  static class Somewhere {
    void test() {}
  }

  private Class<?> somewhere(String classes) throws Exception {
    Path place = Files.createDirectories(folder.resolve("app").resolve(classes));
    // It stays open: the class is not needed for longer than the folder.
    return new CopiedClass(place, Somewhere.class).loadClass(Somewhere.class.getName());
  }

  @ParameterizedTest
  @CsvSource({
    "target/test-classes, target",
    "build/classes/java/test, build",
    "out/test/classes, out",
    "bin/test, bin",
    "classes, .stet"
  })
  void areFoundFromWhereClassesLie(String classes, String build) throws Exception {
    Path app = folder.resolve("app");
    Files.createDirectories(app.resolve("src/test/java"));
    Class<?> test = somewhere(classes);
    assertThat(TestFolders.build(test)).isEqualTo(app.resolve(build));
    assertThat(TestFolders.module(test)).isEqualTo(app);
    assertThat(TestFolders.resources(test)).isEqualTo(app.resolve("src/test/resources"));
  }

  @Test
  void areThoseOfTheWorkingFolderWhereNothingIsKnown() {
    Path here = Path.of("").toAbsolutePath();
    assertThat(TestFolders.build(String.class)).isEqualTo(here.resolve(".stet"));
    assertThat(TestFolders.module(String.class)).isEqualTo(here);
  }

  @Test
  void theCommandIsThatOfTheBuild() throws Exception {
    Path app = folder.resolve("app");
    Files.createDirectories(app.resolve("src/test/java"));
    Class<?> test = somewhere("target/test-classes");
    TestName name = new TestName(test, test.getDeclaredMethod("test"), List.of(), 0, "any");
    Seed seed = Seed.of(7).child("two words");
    assertThat(name.running().again("stet.seed", seed))
        .isEqualTo("TestFoldersTest$Somewhere.test with -Dstet.seed=7/\"two words\"");
    Files.createFile(app.resolve("pom.xml"));
    assertThat(name.running().again("stet.seed", seed))
        .isEqualTo(
            "mvn test '-Dtest=dev.stet.junit.TestFoldersTest$Somewhere#test' '-Dstet.seed=7/\"two words\"'");
    Path above = Files.writeString(folder.resolve("pom.xml"), "<project/>");
    assertThat(name.running().again("stet.seed", Seed.of(7))).doesNotContain("-pl");
    Files.writeString(above, "<modules><module>app</module></modules>");
    assertThat(name.running().again("stet.seed", Seed.of(7)))
        .isEqualTo("mvn test -pl app -am -Dsurefire.failIfNoSpecifiedTests=false"
            + " '-Dtest=dev.stet.junit.TestFoldersTest$Somewhere#test' -Dstet.seed=7");
  }
}
