package dev.stet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.Facet;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Bound;
import dev.stet.replication.BoundResult;
import dev.stet.replication.Success;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose trials run in real child JVMs. */
class ForksTest {
  /** The n-th trial meets the n-th fate. */
  record Config(double rate, List<String> fates) {}

  static final Experiment<Config> LAB = Experiment.of("lab", Config.class, ForksTest::train);

  static void train(Config config, Trial trial) throws Exception {
    double value = 0;
    for (int step = 0; step < 10; step++) {
      value += config.rate() * trial.random("noise", step).nextGaussian();
      trial.record("loss", value);
    }
    trial.note("title", "tr\u00e8s bien");
    trial.digest("weights", new double[] {value, Double.NaN, -0.0});
    for (int i = 0; i < config.fates().size(); i++) {
      if (trial.seed().equals(Seed.of(7).child(i))) {
        meet(config.fates().get(i), trial);
      }
    }
    trial.record("accuracy", StrictMath.tanh(value));
  }

  private static void meet(String fate, Trial trial) throws Exception {
    switch (fate) {
      case "" -> trial.note("fate", "none");
      case "exit" -> System.exit(0);
      case "halt" -> Runtime.getRuntime().halt(7);
      case "memory" -> hoard(trial);
      case "overflow" -> trial.record("depth", deeper(1));
      case "hang" -> hang();
      case "sleep" -> Thread.sleep(600_000);
      case "kill" -> {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
        Thread.sleep(600_000);
      }
      case "throw" -> throw new IOException("no space");
      case "throw mine" -> throw new Mine();
      default -> throw new IllegalArgumentException(fate);
    }
  }

  static final class Mine extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final Object held = new Object();

    Mine() {
      super("mine alone");
    }
  }

  private static void hoard(Trial trial) {
    List<long[]> all = new ArrayList<>();
    while (true) {
      all.add(new long[8 << 20]);
      trial.note("hoard", all.size());
    }
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private static int deeper(int depth) {
    return deeper(depth + 1) + 1;
  }

  private static void hang() {
    long i = 0;
    while (i >= 0) {
      i = (i + 1) & 0xff;
    }
  }

  private static final Config CALM = new Config(0.5, List.of());

  private static StudyPlan<Config> study(int n, String... fates) {
    return LAB.study(new Config(0.5, List.of(fates))).seeds(Seed.of(7), n);
  }

  private static List<String> bits(Study study) {
    return study.runs().stream()
        .map(run -> run.seed() + " " + run.status() + " " + run.trace().digest() + " "
            + run.fingerprint().recipe() + " " + run.outcome())
        .toList();
  }

  @Nested
  class TheResults {
    @Test
    void areTheSameBitsOnThreadsAndForks() {
      StudyPlan<Config> plan = study(6, "", "throw", "", "throw mine");
      Study one = plan.run();
      Study forked = plan.forks(2).run();

      assertThat(bits(forked)).isEqualTo(bits(one));
      assertThat(bits(plan.threads(8).run())).isEqualTo(bits(one));
      assertThat(forked.failed()).hasSize(2);
      for (int i = 0; i < 6; i++) {
        assertThat(forked.runs().get(i).trace().notes())
            .isEqualTo(one.runs().get(i).trace().notes());
        assertThat(forked.runs().get(i).duration()).isPositive();
      }
      assertThat(forked.metric("accuracy").runs())
          .isEqualTo(one.metric("accuracy").runs());
    }

    @Test
    void canBeRerunHere() {
      Run forked = study(1).forks(1).run().runs().get(0);

      LAB.rerun(forked).requireIdentical();
      assertThat(forked.fingerprint().informational().get("pid"))
          .isNotEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void keepTheTypesOfNumbersInAMap() {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("long", 3L);
      config.put("double", 3.0);
      Experiment<Map<String, Object>> types = Experiment.ofMap("types", (map, trial) -> {
        trial.record("long", (double) (Long) requireNonNull(map.get("long")));
        trial.record("double", (Double) requireNonNull(map.get("double")));
      });
      Run run = types.study(config).seeds(Seed.of(1), 1).forks(1).run().runs().get(0);

      assertThat(run.outcome()).isEqualTo("completed");
      types.rerun(run).requireIdentical();
    }

    @Test
    void holdWhatDataWasRead(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("data.txt"), "41");
      Experiment<Config> reads = Experiment.of(
              "reads",
              Config.class,
              (config, trial) ->
                  trial.record("n", Integer.parseInt(Files.readString(trial.data("numbers")))))
          .data("numbers", file);
      StudyPlan<Config> plan = reads.study(CALM).seeds(Seed.of(7), 2);
      Study forked = plan.forks(1).run();

      assertThat(forked.metric("n").runs()).isEqualTo(plan.run().metric("n").runs());
      assertThat(forked.fingerprint().form(Facet.DATA))
          .isEqualTo(plan.run().fingerprint().form(Facet.DATA));
    }

    @Test
    void ofABodyWithStateAreFreshInEachTrial() {
      List<Integer> seen = new ArrayList<>(List.of(1));
      Experiment<Config> grows = Experiment.of("grows", Config.class, (config, trial) -> {
        trial.record("seen", seen.size());
        seen.add(2);
      });
      Study forked = grows.study(CALM).seeds(Seed.of(7), 3).forks(1).run();

      assertThat(forked.metric("seen").runs())
          .extracting(run -> run.value())
          .containsExactly(1.0, 1.0, 1.0);
    }

    @Test
    void answerABoundToo() {
      Bound bound =
          Bound.rate(Success.completed()).atLeast(0.85).flakeBudget(0.001).catching(0.5, 0.9);
      StudyPlan<Config> plan = LAB.study(CALM);
      BoundResult forked = plan.forks(2).check(bound, Seed.of(7));

      assertThat(forked.runs()).isEqualTo(plan.check(bound, Seed.of(7)).runs());
    }
  }

  /** One study in which each trial but the last two meets a fate of its own; two more that hang, in a study with a limit. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class ATrial {
    private final List<String> fates =
        List.of("exit", "halt", "kill", "overflow", "memory", "throw mine");
    private List<Run> runs = List.of();
    private List<Run> late = List.of();

    @BeforeAll
    void runAll() {
      runs = study(8, fates.toArray(String[]::new)).forks(2).run().runs();
      late = study(2, "hang", "sleep")
          .forks(2)
          .timeout(Duration.ofSeconds(3))
          .run()
          .runs();
    }

    private Run with(String fate) {
      return fate.equals("hang") || fate.equals("sleep")
          ? late.get(fate.equals("hang") ? 0 : 1)
          : runs.get(fates.indexOf(fate));
    }

    private Throwable failure(String fate) {
      return with(fate).failure().orElseThrow();
    }

    @Test
    void costsNoOther() {
      List<Run> calm = study(8).run().runs();
      for (int i = fates.size(); i < 8; i++) {
        assertThat(runs.get(i).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(runs.get(i).trace().digest()).isEqualTo(calm.get(i).trace().digest());
      }
      assertThat(runs).extracting(Run::seed).isEqualTo(Seed.of(7).spawn(8));
    }

    @Test
    void thatExitsIsLostWithItsExitCode() {
      assertThat(with("exit").status()).isEqualTo(RunStatus.FAILED);
      assertThat(failure("exit"))
          .isInstanceOf(LostTrialException.class)
          .hasMessage(
              "the JVM of this trial ended before the trial did: exit code 0 (as by System.exit(0) or"
                  + " Runtime.halt)");
      assertThat(with("exit").fingerprint().recipe())
          .isEqualTo(LAB.attempt(new Config(0.5, List.of()), Seed.of(7).child(7))
              .fingerprint()
              .with(Facet.CONFIG, with("exit").fingerprint().form(Facet.CONFIG))
              .with(Facet.SEED, with("exit").fingerprint().form(Facet.SEED))
              .recipe());
    }

    @Test
    void thatHaltsIsLostWithItsExitCode() {
      assertThat(failure("halt"))
          .hasMessageStartingWith("the JVM of this trial ended before the trial did: exit code 7 ");
    }

    @Test
    void thatIsKilledIsLostWithTheSignal() {
      assertThat(failure("kill"))
          .hasMessageStartingWith(
              "the JVM of this trial ended before the trial did: exit code 137 (SIGKILL");
    }

    @Test
    void thatOverflowsTheStackKeepsWhatItRecorded() {
      assertThat(failure("overflow")).isInstanceOf(StackOverflowError.class);
      assertThat(with("overflow").trace().size()).isEqualTo(11);
    }

    @Test
    void thatIsOutOfMemoryKeepsWhatItRecorded() {
      assertThat(failure("memory")).isInstanceOf(OutOfMemoryError.class);
      assertThat(with("memory").trace().size()).isEqualTo(11);
    }

    @Test
    void thatThrowsWhatCannotTravelKeepsItsText() {
      assertThat(failure("throw mine"))
          .hasToString("dev.stet.ForksTest$Mine: mine alone")
          .hasMessage("mine alone");
    }

    @Test
    void thatHangsIsEnded() {
      assertThat(with("hang").status()).isEqualTo(RunStatus.TIMED_OUT);
      assertThat(failure("hang"))
          .isInstanceOf(TrialTimeoutException.class)
          .hasMessage("the trial took longer than 3.0 s and was ended");
      assertThat(with("hang").trace().size()).isZero();
    }

    @Test
    void thatHeedsItsInterruptionKeepsWhatItRecorded() {
      assertThat(with("sleep").status()).isEqualTo(RunStatus.TIMED_OUT);
      assertThat(with("sleep").trace().size()).isEqualTo(11);
      assertThat(failure("sleep")).hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Nested
  class ATimeout {
    @Test
    void takesForks() {
      StudyPlan<Config> plan = study(3).threads(4).timeout(Duration.ofSeconds(5));

      assertThatThrownBy(plan::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the study of lab has a timeout of 5.0 s and runs on threads, which cannot be ended. Run it in"
                  + " JVMs of its own with forks(4), or leave the timeout out.");
    }

    @Test
    void mustBePositive() {
      assertThatThrownBy(() -> study(3).timeout(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the timeout must be positive; got PT0S. Give the longest that a trial may take, such as"
                  + " Duration.ofHours(2).");
      assertThatThrownBy(() -> study(3).forks(0))
          .hasMessage("the number of forks must be at least 1; got 0. Give 1 or more.");
    }
  }

  @Nested
  class AStudy {
    @Test
    void ofABodyThatCannotTravelIsRefusedByName() {
      Object anchor = new Object();
      Experiment<Config> captures = Experiment.of(
          "captures", Config.class, (config, trial) -> trial.note("anchor", anchor.toString()));

      assertThatThrownBy(
              () -> captures.study(CALM).seeds(Seed.of(7), 2).forks(1).run())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("java.lang.Object cannot travel to another JVM")
          .hasMessageEndingWith("Make its class Serializable, or let the body create it.");
    }

    @Test
    void whoseExperimentIsNotOnTheClassPathOfTheForksIsRefusedByName(@TempDir Path folder)
        throws Exception {
      Path source = folder.resolve("Elsewhere.java");
      Files.writeString(source, """
          import dev.stet.Experiment;
          import java.util.Map;

          public class Elsewhere {
            public static Experiment<Map<String, Object>> experiment() {
              return Experiment.ofMap("elsewhere", (config, trial) -> trial.record("accuracy", 1));
            }
          }
          """);
      int failed = ToolProvider.getSystemJavaCompiler()
          .run(
              null,
              null,
              null,
              "-d",
              folder.toString(),
              "-proc:none",
              "-cp",
              System.getProperty("java.class.path"),
              source.toString());
      assertThat(failed).isZero();
      try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        @SuppressWarnings("unchecked")
        Experiment<Map<String, Object>> elsewhere = (Experiment<Map<String, Object>>)
            loader.loadClass("Elsewhere").getMethod("experiment").invoke(null);
        StudyPlan<Map<String, Object>> plan = elsewhere.study(Map.of()).seeds(Seed.of(7), 2);

        assertThat(plan.run().runs()).extracting(Run::status).containsOnly(RunStatus.COMPLETED);
        assertThatThrownBy(() -> plan.forks(1).run())
            .hasMessageContaining("Elsewhere is not on the class path of the forked JVM");
      }
    }

    @Test
    void whoseDataIsMissingFailsAsOnThreads(@TempDir Path folder) {
      StudyPlan<Config> plan =
          LAB.data("gone", folder.resolve("gone")).study(CALM).seeds(Seed.of(7), 2);
      AtomicReference<Throwable> onThreads = new AtomicReference<>();
      assertThatThrownBy(plan::run).satisfies(onThreads::set);

      assertThatThrownBy(() -> plan.forks(1).run())
          .isExactlyInstanceOf(requireNonNull(onThreads.get()).getClass())
          .hasMessage(requireNonNull(onThreads.get()).getMessage());
    }

    @Test
    void isCancelledByAnInterruptionAndLeavesNoJvm() throws Exception {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      CountDownLatch ended = new CountDownLatch(1);
      long before = workers();
      Thread runs = new Thread(() -> {
        try {
          study(4, "hang", "hang").forks(2).run();
        } catch (Throwable e) {
          thrown.set(e);
        }
        ended.countDown();
      });
      runs.start();
      while (workers() < before + 2) {
        Thread.sleep(20);
      }
      Thread.sleep(500);
      runs.interrupt();
      ended.await();

      assertThat(thrown.get()).isInstanceOf(CancellationException.class);
      assertThat(workers()).isEqualTo(before);
    }

    private long workers() {
      return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
  }
}
