package dev.stet.spi;

import static org.assertj.core.api.Assertions.assertThat;

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
}
