package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Baseline;
import dev.stet.replication.Bound;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Selection;
import dev.stet.replication.Stopping;
import dev.stet.replication.Success;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class UnattendedStudyTest {
  record Config(double level, int broken) {}

  static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  static final Config SOUND = new Config(1, 0);

  /** Fails for the first seeds of its study, as many as the config says. */
  static final Experiment<Config> TOY = Experiment.of("toy", Config.class, (config, trial) -> {
    trial.record("accuracy", config.level() + trial.random("noise").nextDouble());
    for (int i = 0; i < config.broken(); i++) {
      if (trial.seed().equals(Seed.of(7).child(i))) {
        throw explosion(i);
      }
    }
  });

  private static RuntimeException explosion(int i) {
    return i % 3 == 2
        ? new IllegalStateException("wrapped", new ArithmeticException("not a number: " + i))
        : new IllegalStateException("exploded at step " + i);
  }

  private static List<String> bits(Study study) {
    return study.runs().stream()
        .map(run -> run.seed() + " " + run.status() + " " + run.trace().digest())
        .toList();
  }

  @Nested
  class TheStopRule {
    private Study study(int broken, int threads) {
      return TOY.study(new Config(0, broken))
          .seeds(Seed.of(7), 12)
          .threads(threads)
          .stopAfterFailures(3)
          .run();
    }

    @Test
    void givesUpAStudyThatOnlyFails() {
      Study study = study(12, 1);
      assertThat(study.runs()).hasSize(3);
      assertThat(study.notRun()).isEqualTo(Seed.of(7).spawn(12).subList(3, 12));
      assertThat(study.summary())
          .startsWith("toy: 3 runs, 3 executed now, 0 reused; 0 completed, 3 failed.")
          .endsWith("  The first 3 runs all failed, so 9 seeds were not run.");
      assertThat(study.metric(ACCURACY).failures()).isEqualTo(3);
    }

    @Test
    void saysTheSameOnAnyNumberOfThreads() {
      for (int broken : new int[] {0, 2, 3, 5, 12}) {
        Study alone = study(broken, 1);
        Study together = study(broken, 8);
        assertThat(bits(together)).isEqualTo(bits(alone));
        assertThat(together.notRun()).isEqualTo(alone.notRun());
        assertThat(alone.runs()).hasSize(broken < 3 ? 12 : 3);
      }
    }

    @Test
    void mayAskForMoreFailuresThanThereAreSeeds() {
      Study study = TOY.study(SOUND)
          .seeds(Seed.of(7), 3)
          .stopAfterFailures(Integer.MAX_VALUE)
          .run();
      assertThat(study.runs()).hasSize(3);
      assertThat(study.notRun()).isEmpty();
    }

    @Test
    void needsANumber() {
      assertThatThrownBy(() -> TOY.study(SOUND).stopAfterFailures(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of failures must be at least 1; got 0. Give 1 or more.");
    }
  }

  @Nested
  class ASweep {
    final Grid<Config> grid = Grid.of(SOUND).over("level", 1, 3, 2).over("broken", 0, 9);
    final StudyPlan<Config> plan = TOY.study(SOUND).seeds(Seed.of(7), 8).stopAfterFailures(2);

    @Test
    void hasAStudyForEachConfigWhicheverFail() {
      Sweep<Config> sweep = plan.sweep(grid.configs());
      assertThat(sweep.entries()).extracting(Sweep.Entry::config).isEqualTo(grid.configs());
      assertThat(sweep.entries())
          .extracting(entry -> entry.study().runs().size())
          .containsExactly(8, 2, 8, 2, 8, 2);
      assertThat(sweep.executed()).isEqualTo(30);
      assertThat(bits(sweep.entries().get(2).study()))
          .isEqualTo(bits(TOY.study(new Config(3, 0)).seeds(Seed.of(7), 8).run()));
      assertThat(sweep.summary())
          .startsWith("6 configs: 30 runs, 30 executed now, 0 reused; 24 completed, 6 failed.\n\n"
              + "Config[level=1.0, broken=0]\ntoy: 8 runs");
    }

    @Test
    void isTheSameOnManyThreads() {
      assertThat(plan.threads(8).sweep(grid.configs()).entries())
          .extracting(entry -> bits(entry.study()))
          .isEqualTo(plan.sweep(grid.configs()).entries().stream()
              .map(entry -> bits(entry.study()))
              .toList());
    }

    @Test
    void ranksItsConfigsAndSaysThatItsSeedsChose() {
      Sweep<Config> sweep = plan.sweep(grid.configs());
      assertThat(sweep.ranking(ACCURACY))
          .extracting(entry -> entry.config().level())
          .startsWith(3.0, 2.0, 1.0);
      Sweep.Entry<Config> best = sweep.best(ACCURACY);
      assertThat(best.config()).isEqualTo(new Config(3, 0));
      assertThat(best.study().metric(ACCURACY).selection()).isEqualTo(new Selection(6, true));
      assertThatThrownBy(() -> sweep.best(Metric.of("accuracy")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the best of a sweep needs a direction; got accuracy (last). Say"
              + " metric.higherIsBetter() or metric.lowerIsBetter().");
    }

    @Test
    void takesFromTheLedgerWhatItHolds(@TempDir Path folder) {
      try (Ledger ledger = Ledger.open(folder)) {
        plan.ledger(ledger).sweep(List.of(new Config(1, 0), new Config(2, 0)));
        Sweep<Config> wider =
            plan.ledger(ledger).sweep(List.of(new Config(2, 0), new Config(3, 0)));
        assertThat(wider.reused()).isEqualTo(8);
        assertThat(wider.executed()).isEqualTo(8);
      }
    }

    @Test
    void needsDifferentConfigs() {
      assertThatThrownBy(() -> plan.sweep(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a sweep needs configs; got none. Give at least one.");
      assertThatThrownBy(() -> plan.sweep(List.of(SOUND, new Config(2, 0), SOUND)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "config Config[level=1.0, broken=0] is named twice; two studies of one config are one."
                  + " Name each config once.");
      assertThatThrownBy(() -> TOY.study(SOUND).sweep(List.of(SOUND)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the study of toy has no seeds.");
    }
  }

  @Test
  void theSummaryNamesEveryFailedRunOnceGroupedByCause() {
    Study study = TOY.study(new Config(0, 7)).seeds(Seed.of(7), 9).threads(3).run();
    String frame = "\n      at dev.stet.UnattendedStudyTest.explosion(UnattendedStudyTest.java:";
    assertThat(study.summary().replaceAll("java:\\d+", "java:"))
        .isEqualTo("toy: 9 runs, 9 executed now, 0 reused; 2 completed, 7 failed."
            + "\n\n  5 x java.lang.IllegalStateException: exploded at step 0 (and 4 other messages)"
            + frame + ")\n      seeds 7/0, 7/1, 7/3, 7/4, 7/6"
            + "\n  2 x java.lang.IllegalStateException: wrapped" + frame
            + ")\n      seeds 7/2, 7/5");
  }

  @Test
  void theSummaryCountsLostTrialsByWhatEndedTheirJvm() {
    List<Run> lost = Stream.of(
            "exit code 3", "exit code 137 (SIGKILL)", "exit code 3\n  last lines")
        .map(how -> failed(new LostTrialException(how)))
        .toList();
    assertThat(Failures.explain(lost).lines().filter(line -> line.contains(" x ")))
        .containsExactly(
            "  2 x dev.stet.LostTrialException: the JVM of this trial ended before the trial did: exit code 3",
            "  1 x dev.stet.LostTrialException: the JVM of this trial ended before the trial did: exit code 137 (SIGKILL)");
  }

  private static Run failed(Throwable failure) {
    Run run = TOY.run(SOUND, Seed.of(7));
    return new Run(
        run.experiment(),
        run.seed(),
        run.fingerprint(),
        run.trace(),
        failure,
        run.duration(),
        run.observation());
  }

  /** Fails in one of many ways, by its seed. */
  static final Experiment<Config> VARIED =
      Experiment.of("varied", Config.class, (config, trial) -> {
        long which = Long.parseLong(trial.seed().toString().substring(2));
        if (config.broken() == 1) {
          throw explosion(0);
        }
        if (config.broken() > 1) {
          fail((int) (which % config.broken()));
        }
      });

  /** As many places as asked. */
  private static void fail(int depth) {
    StackTraceElement place = new StackTraceElement("Net", "train", "Net.java", depth);
    IllegalStateException thrown = new IllegalStateException("exploded at layer " + depth);
    thrown.setStackTrace(new StackTraceElement[] {place});
    throw thrown;
  }

  @Test
  void theSummaryOfManyFailuresStaysReadable() {
    String one =
        VARIED.study(new Config(0, 1)).seeds(Seed.of(7), 2000).threads(2).run().summary();
    assertThat(one.replaceAll("\\s+", " "))
        .contains(" 2,000 x java.lang.IllegalStateException: exploded at step 0 at ")
        .endsWith(
            " seeds 7/0, 7/1, 7/2, 7/3, 7/4, 7/5, 7/6, 7/7, 7/8, 7/9, 7/10, 7/11, 7/12, 7/13, 7/14,"
                + " 7/15, 7/16, 7/17, 7/18, 7/19, and 1,980 more");
    String many =
        VARIED.study(new Config(0, 30)).seeds(Seed.of(7), 300).threads(2).run().summary();
    assertThat(many).endsWith("\n  100 x something else, of 10 more causes");
    assertThat(many.lines()).hasSizeLessThan(100);
  }

  @Test
  void theSummaryOfALargeSweepStaysReadable() {
    List<Config> configs = java.util.stream.IntStream.range(0, 1000)
        .mapToObj(i -> new Config(i, i % 2))
        .toList();
    Sweep<Config> sweep =
        VARIED.study(SOUND).seeds(Seed.of(7), 10).stopAfterFailures(4).sweep(configs);
    assertThat(sweep.summary().replaceAll("java:\\d+", "java:").replaceAll("\\s+", " "))
        .isEqualTo(
            "1,000 configs: 7,000 runs, 7,000 executed now, 0 reused; 5,000 completed, 2,000 failed."
                + " 2,000 x java.lang.IllegalStateException: exploded at step 0"
                + " at dev.stet.UnattendedStudyTest.explosion(UnattendedStudyTest.java:)"
                + " configs Config[level=1.0, broken=1] with seed 7/0, Config[level=1.0, broken=1] with seed 7/1,"
                + " Config[level=1.0, broken=1] with seed 7/2, and 1,997 more"
                + " 3,000 seeds of 500 configs were not run, since all runs before them failed.");
  }

  @Test
  void aTrialThatFailsIsNotTriedAgainOnceSomebodyAskedToStop() throws Exception {
    Failing runner = new Failing();
    StudyPlan<Config> plan = TOY.study(SOUND).seeds(Seed.of(7), 1);
    try (OneByOne<Config> once = plan.oneByOne(runner, List.of(Holdings.Found.NOTHING))) {
      assertThat(once.outcome(0).attempts()).isEqualTo(1);
    }
    Job<Config> job = new Job<>(runner.executions.get(0), 0, 0, Seed.of(7));
    StudyOptions options = StudyOptions.standard().withRetries(5);
    assertThat(new Attempts<>(runner, options, () -> false, () -> true).of(job, null))
        .isNull();
    assertThat(runner.executions).hasSize(2);
  }

  /** Fails whatever it is given. */
  private static final class Failing implements Runner<Config> {
    final List<Execution<Config>> executions = new CopyOnWriteArrayList<>();

    @Override
    public Run run(Execution<Config> execution, Seed seed, Beginning beginning) {
      executions.add(execution);
      return failed(new IllegalStateException("full"));
    }

    @Override
    public void close() {}
  }

  /** Its class path lacks what its message is made of. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new NoClassDefFoundError("Words");
    }
  }

  @Test
  void aThrowableThatCannotSayItsMessageCostsOnlyItsTrial() {
    Experiment<Config> unreadable = Experiment.of("unreadable", Config.class, (config, trial) -> {
      if (trial.seed().equals(Seed.of(7).child(1))) {
        throw new Unreadable();
      }
    });
    Study study = unreadable.study(SOUND).seeds(Seed.of(7), 3).run();
    assertThat(study.failed()).extracting(Run::seed).containsExactly(Seed.of(7).child(1));
    assertThat(study.summary()).contains("1 x " + Unreadable.class.getName());
  }

  @Test
  void theMetricThatIsShownNeedsADirection() {
    assertThatThrownBy(() -> TOY.study(SOUND).showing(Metric.of("accuracy")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the best value needs a direction; got accuracy (last).");
  }

  /** A study that is told to stop: run in a JVM of its own, which ends. */
  static final class Slow {
    static final AtomicInteger STARTED = new AtomicInteger();

    static Experiment<Config> experiment(Path folder) {
      String marks = folder.toString();
      return Experiment.of("slow", Config.class, (config, trial) -> {
        trial.record("accuracy", trial.random("noise").nextDouble());
        if (config.broken() > 0) {
          Files.writeString(
              Path.of(marks, "started-" + STARTED.incrementAndGet()), "", StandardCharsets.UTF_8);
          Thread.sleep(config.broken());
        }
        trial.record("accuracy", trial.seed().child("end").stream().nextDouble());
      });
    }

    static StudyPlan<Config> plan(Path folder, Ledger ledger, int millis) {
      return experiment(folder.resolve("marks"))
          .study(new Config(0, millis))
          .seeds(Seed.of(7), 20)
          .threads(2)
          .ledger(ledger);
    }

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        plan(folder, ledger, Integer.parseInt(arguments[1])).run();
      }
    }
  }

  /** One that ends when it is decided, which takes all of its runs. */
  static final class Deciding {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      Study before = Slow.experiment(folder.resolve("marks"))
          .study(new Config(0, 0))
          .seeds(Seed.of(1), 20)
          .run();
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        Slow.plan(folder, ledger, Integer.parseInt(arguments[1]))
            .untilDecided(Stopping.at(19, 20))
            .verdict(Baseline.of(before.metric(ACCURACY)), ACCURACY, Margin.absolute(0.001));
      }
    }
  }

  /** One for a bound that takes more runs than anybody waits for. */
  static final class Bounded {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      Bound completed =
          Bound.rate(Success.completed()).atLeast(0.98).flakeBudget(0.001).catching(0.95, 0.99);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        Slow.experiment(folder.resolve("marks"))
            .study(new Config(0, Integer.parseInt(arguments[1])))
            .threads(2)
            .ledger(ledger)
            .check(completed, Seed.of(7));
      }
    }
  }

  /** One whose trials save their state at each of 40 steps. */
  static final class Saving {
    static StudyPlan<Config> plan() {
      return Experiment.of("saving", Config.class, (config, trial) -> {
            int first = trial.restore(Integer.class).orElse(0);
            RandomStream noise = trial.random("noise");
            for (int step = first; step < 40; step++) {
              trial.record("accuracy", step, noise.nextDouble());
              Thread.sleep(Long.getLong("saving.millis", 0));
              trial.checkpoint(step, step + 1);
              Mark.step(trial.seed(), step);
            }
          })
          .study(SOUND)
          .seeds(Seed.of(7), 4)
          .threads(2);
    }

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      Mark.folder = folder.resolve("marks");
      System.setProperty("saving.millis", arguments[1]);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        plan().ledger(ledger).run();
      }
    }
  }

  /** Tells the test, outside of what an experiment captures, how far a trial is. */
  static final class Mark {
    static Path folder = Path.of("");

    static void step(Seed seed, int step) throws IOException {
      if (step == 3 && !folder.toString().isEmpty()) {
        Files.writeString(folder.resolve("started-3"), seed.toString(), StandardCharsets.UTF_8);
      }
    }
  }

  @Nested
  @DisabledOnOs(OS.WINDOWS)
  class CtrlC {
    @TempDir
    Path folder;

    /** The same command again, which ends by itself. */
    private void goOn(Class<?> main, int millis) throws IOException, InterruptedException {
      Process process = process(main, millis);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isZero();
    }

    private List<String> sorted(Study study) {
      return bits(study).stream().sorted().toList();
    }

    private Process process(Class<?> main, int millis) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              main.getName(),
              folder.toString(),
              Integer.toString(millis))
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("output.txt").toFile())
          .start();
    }

    /** As under nohup: a process that was started so hears no Ctrl-C, and its children do not either. */
    private static boolean isInterruptIgnored() throws IOException {
      Path status = Path.of("/proc/self/status");
      return Files.exists(status)
          && Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    private Process start(Class<?> main, int millis) throws IOException, InterruptedException {
      assumeFalse(isInterruptIgnored(), "this JVM was started with SIGINT ignored");
      Files.createDirectories(folder.resolve("marks"));
      Process process = process(main, millis);
      while (!Files.exists(folder.resolve("marks").resolve("started-3")) && process.isAlive()) {
        Thread.sleep(10);
      }
      assertThat(process.isAlive()).as(output()).isTrue();
      return process;
    }

    private String output() throws IOException {
      return Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8);
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private List<RunRecord> records() {
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        return ledger.runs().toList();
      }
    }

    private void finishesAndLeaves(Class<?> main) throws Exception {
      Process process = start(main, 200);
      interrupt(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isEqualTo(130);
      assertThat(records())
          .hasSizeBetween(3, 19)
          .extracting(RunRecord::status)
          .containsOnly(RunStatus.COMPLETED);
    }

    @Test
    void finishesWhatIsUnderWayAndLeaves() throws Exception {
      finishesAndLeaves(Slow.class);
      goOn(Slow.class, 200);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        assertThat(ledger.query().count()).isEqualTo(20);
        assertThat(sorted(Study.of(ledger.query().experiment("slow"))))
            .isEqualTo(sorted(Slow.experiment(folder)
                .study(new Config(0, 0))
                .seeds(Seed.of(7), 20)
                .run()));
      }
    }

    @Test
    void finishesWhatIsUnderWayOfAStudyThatEndsWhenDecided() throws Exception {
      finishesAndLeaves(Deciding.class);
      goOn(Deciding.class, 200);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        assertThat(ledger.query().count()).isEqualTo(20);
      }
    }

    @Test
    void finishesWhatIsUnderWayOfABound() throws Exception {
      finishesAndLeaves(Bounded.class);
    }

    @Test
    void endsTrialsThatSaveTheirStateAtTheirNextCheckpoint() throws Exception {
      Process process = start(Saving.class, 50);
      interrupt(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isEqualTo(130);
      assertThat(records())
          .hasSize(2)
          .extracting(RunRecord::status)
          .containsOnly(RunStatus.INTERRUPTED);
      goOn(Saving.class, 0);
      try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
        assertThat(sorted(Study.of(ledger.query().experiment("saving"))))
            .isEqualTo(sorted(Saving.plan().run()));
        assertThat(ledger.query().status(RunStatus.COMPLETED).stream()
                .filter(run -> run.links().containsKey(Link.RESUMES)))
            .hasSize(2);
        assertThat(ledger.query().status(RunStatus.INTERRUPTED).stream())
            .allSatisfy(run -> assertThat(run.trace().size()).isBetween(4, 39));
      }
    }

    @Test
    void twiceLeavesAtOnce() throws Exception {
      Process process = start(Slow.class, 2_500);
      interrupt(process);
      Thread.sleep(200);
      interrupt(process);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isEqualTo(130);
      assertThat(records())
          .extracting(RunRecord::status)
          .contains(RunStatus.INTERRUPTED)
          .doesNotContain(RunStatus.RUNNING);
    }
  }
}
