package dev.stet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.Rerun;
import dev.stet.guard.Guard;
import dev.stet.guard.GuardOptions;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The guard explains the bug that the first example has on purpose. */
class GuardTest {
  @Test
  void namesTheLineOfTheBug() throws Exception {
    String explained = Guard.inside(GuardOptions.observe(), Explained.class);

    assertThat(explained)
        .contains("dev.stet.examples.Example01Digits.trainWithABug(Example01Digits.java:"
            + lineOfTheBug() + ")")
        .contains("new Random()");
  }

  @Test
  void makesTheBugHarmlessWhereItReplaces() throws Exception {
    assertThat(Guard.inside(GuardOptions.replace(), IsIdentical.class)).isTrue();
    assertThat(Guard.inside(GuardOptions.observe(), IsIdentical.class)).isFalse();
  }

  private static int lineOfTheBug() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("src/main/java/dev/stet/examples/Example01Digits.java"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("// the bug")) {
        return i + 1;
      }
    }
    throw new AssertionError("no line is marked as the bug");
  }

  private static final Example01Digits.Config SHORT = new Example01Digits.Config(0.05, 8, 3);

  static final class Explained implements Callable<String> {
    @Override
    public String call() {
      return Example01Digits.BUGGY
          .rerun(Example01Digits.BUGGY.run(SHORT, Seed.of(42)), 1)
          .explain();
    }
  }

  static final class IsIdentical implements Callable<Boolean> {
    @Override
    public Boolean call() {
      return Example01Digits.BUGGY.rerun(Example01Digits.BUGGY.run(SHORT, Seed.of(42)), 1)
          instanceof Rerun.Identical;
    }
  }
}
