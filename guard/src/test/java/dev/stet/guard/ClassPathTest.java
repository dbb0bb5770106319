package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many classes of many libraries, other agents, other languages, loaders that stand apart. */
class ClassPathTest {
  private static final String SOME = "class-pathkotlin-stdlib|jenetics|jgrapht-core";

  @TempDir
  Path directory;

  @Test
  void otherAgentsMayComeBeforeOrAfter() {
    String guard = ChildJvm.agent(directory, "mode=replace,strict,linked");
    String jacoco = "-javaagent:" + jar("org.jacoco.agent") + "=output=none";

    ChildJvm alone = load("all", List.of(guard));
    ChildJvm first = load("all", List.of(guard, jacoco));
    ChildJvm last = load("all", List.of(jacoco, guard));

    assertThat(alone.value("linked")).hasSizeGreaterThanOrEqualTo(4);
    for (ChildJvm child : List.of(alone, first, last)) {
      assertThat(child.values("wrong")).isEmpty();
      assertThat(child.value("linked")).isEqualTo(alone.value("linked"));
      assertThat(child.lines()).noneMatch(line -> line.contains("could not be rewritten"));
      assertThat(child.value("status")).matches("guarded: .* [1-9]\\d\\d classes rewritten");
    }
  }

  @Test
  void loadersThatDoNotSeeTheGuardAreLeftAloneAndCounted() {
    ChildJvm child = load("isolated", List.of(ChildJvm.agent(directory, "mode=replace")));

    assertThat(child.values("wrong")).isEmpty();
    assertThat(child.values("limit"))
        .anyMatch(limit -> limit.matches(
            "\\d{2,} classes with call sites that matter are of class loaders that do not"
                + " see the guard and were left alone\\."));
    assertThat(child.value("status")).matches("guarded: .* [1-9] class(es)? rewritten");
  }

  @Test
  void theGeneratorOfKotlinIsReplaced() {
    isReplaced(KotlinDraws.class, "kotlin.random.");
  }

  @Test
  void theGeneratorOfScalaIsReplaced() {
    isReplaced(ScalaDraws.class, "scala.util.Random");
  }

  private static void isReplaced(Class<? extends Callable<Long>> work, String place) {
    Guarded<Long> run = Guarded.run(GuardOptions.replace(), 1, work);

    assertThat(run.value())
        .isEqualTo(Guarded.run(GuardOptions.replace(), 1, work).value());
    assertThat(run.value())
        .isNotEqualTo(Guarded.run(GuardOptions.observe(), 1, work).value());
    assertThat(run.of(Kind.UNSEEDED_RANDOM))
        .isNotEmpty()
        .allMatch(finding -> finding.className().startsWith(place))
        .extracting(Finding::treatment)
        .containsOnly(Treatment.REPLACED);
  }

  private static ChildJvm load(String how, List<String> agents) {
    ChildJvm child =
        ChildJvm.run(ChildJvm.java(), agents, ClassPathProgram.class.getName(), how, SOME, "100");
    assertThat(child.exit()).as("%s", child.lines()).isZero();
    return child;
  }

  private static String jar(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> new File(entry).getName().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  static final class KotlinDraws implements Callable<Long> {
    @Override
    public Long call() {
      return kotlin.random.Random.Default.nextLong();
    }
  }

  static final class ScalaDraws implements Callable<Long> {
    @Override
    public Long call() {
      return scala.util.Random$.MODULE$.nextLong();
    }
  }
}
