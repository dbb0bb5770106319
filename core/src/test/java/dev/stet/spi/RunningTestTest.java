package dev.stet.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes that are there to be closed
class RunningTestTest {
  @TempDir
  Path module;

  @Test
  void isWhatTheThreadRunsUntilItEnds() throws InterruptedException {
    RunningTest outer = RunningTest.of("outer", "Outer#test", module);
    RunningTest inner = RunningTest.of("inner", "Inner#test", module);
    assertThat(RunningTest.here()).isEmpty();
    try (RunningTest.Scope around = outer.begin()) {
      try (RunningTest.Scope within = inner.begin()) {
        assertThat(RunningTest.here()).contains(inner);
      }
      assertThat(RunningTest.here()).contains(outer);
      AtomicReference<Optional<RunningTest>> elsewhere = new AtomicReference<>();
      Thread thread = new Thread(() -> elsewhere.set(RunningTest.here()));
      thread.start();
      thread.join();
      assertThat(elsewhere.get()).isEmpty();
    }
    assertThat(RunningTest.here()).isEmpty();
  }

  @Test
  void isSaidInWordsWhereMavenDoesNotBuild() {
    assertThat(RunningTest.of("NetTest.trains[2]", "NetTest#trains", module).again("stet.seed", 7))
        .isEqualTo("NetTest.trains[2] with -Dstet.seed=7");
  }

  private String again(Path module) {
    return RunningTest.of("NetTest.trains", "acme.NetTest#trains", module).again("stet.seed", 7);
  }

  private static Path pom(Path folder, String... modules) throws IOException {
    Files.createDirectories(folder);
    StringBuilder text = new StringBuilder("<project>");
    for (String module : modules) {
      text.append("<module>").append(module).append("</module>\n");
    }
    Files.writeString(folder.resolve("pom.xml"), text.append("</project>"));
    return folder;
  }

  @Test
  void isSelectedInTheProjectThatListsItsModule() throws IOException {
    Path alone = pom(module.resolve("alone"));
    assertThat(again(alone)).isEqualTo("mvn test -Dtest=acme.NetTest#trains -Dstet.seed=7");
    pom(module, "nets");
    assertThat(again(alone)).isEqualTo("mvn test -Dtest=acme.NetTest#trains -Dstet.seed=7");

    Path nets = pom(module.resolve("nets"), "deep", "grouped/wide");
    assertThat(again(nets)).startsWith("mvn test -pl nets -am -Dsurefire.");
    assertThat(again(pom(nets.resolve("deep")))).startsWith("mvn test -pl nets/deep -am ");
    assertThat(again(pom(nets.resolve("grouped").resolve("wide"))))
        .startsWith("mvn test -pl nets/grouped/wide -am ");
    assertThat(again(pom(nets.resolve("other")))).startsWith("mvn test -Dtest=");
  }
}
