package dev.stet;

import static dev.stet.StetAssertions.assertReplicates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.Facet;
import dev.stet.replication.Baseline;
import dev.stet.replication.BaselineException;
import dev.stet.replication.Differs;
import dev.stet.replication.Inconclusive;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Reduction;
import dev.stet.replication.Replicated;
import dev.stet.replication.Sample;
import dev.stet.replication.Selection;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user meets at the front door with input that no experiment can stand on. */
class BadInputTest {
  record Config(double level) {}

  static final Config CONFIG = new Config(0.9);
  static final Seed SEED = Seed.of(42);

  @TempDir
  Path folder;

  private static Experiment<Config> toy(Experiment.Body<Config> body) {
    return Experiment.of("toy", Config.class, body);
  }

  @Nested
  class AnEmptyName {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void ofAnExperiment(String name) {
      assertThatThrownBy(() -> Experiment.ofMap(name, (config, trial) -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an experiment's name must not be blank; got \"" + name
              + "\". Name what it is, such as \"digits-mlp\".");
    }

    @Test
    void ofARecordFailsTheRun() {
      Run run = toy((config, trial) -> trial.record("", 1)).attempt(CONFIG, SEED);
      assertThat(run.failure())
          .get()
          .isInstanceOf(IllegalArgumentException.class)
          .hasFieldOrPropertyWithValue(
              "message",
              "a record's name must not be empty; name what is recorded, such as record(\"loss\", value).");
    }

    @Test
    void ofData() {
      assertThatThrownBy(() -> toy((config, trial) -> {}).data("", folder))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "data needs a name of its own that is not blank; got \"\", declared: nothing. Name what it is,"
                  + " such as \"train\".");
    }

    @Test
    void ofAMetric() {
      Study study = toy((config, trial) -> trial.record("loss", 1))
          .study(CONFIG)
          .seeds(SEED, 1)
          .run();
      assertThatThrownBy(() -> study.metric(""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the name of a metric must hold a visible character and no control character; got \"\". Give the"
                  + " name under which it is recorded, such as \"accuracy\".");
    }
  }

  @Nested
  class AConfig {
    @Test
    void thatCannotBeSerialisedNamesTheField() {
      Map<String, Object> config =
          Map.of("optimizer", Map.of("schedule", List.of(Thread.currentThread())));
      assertThatThrownBy(() -> Experiment.ofMap("toy", (c, trial) -> {}).run(config, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "config.optimizer.schedule[0] is a java.lang.Thread, which cannot be made canonical. Allowed are strings,"
                  + " numbers, booleans, enums, Optional, java.time, lists, sets, maps, arrays, records, and classes with a"
                  + " constructor without arguments and no final fields.");
    }

    @Test
    void thatContainsItselfNamesTheField() {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("parent", new ArrayList<>(List.of(config)));
      assertThatThrownBy(() -> Experiment.ofMap("toy", (c, trial) -> {}).run(config, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "config.parent[0] is a java.util.LinkedHashMap that contains itself. A circle has no canonical form; name"
                  + " one end of it by a key instead.");
    }

    @Test
    void changedByTheBodyIsChangedForThatRunAlone() {
      Map<String, Object> config = new LinkedHashMap<>(Map.of("rate", 0.5));
      Experiment<Map<String, Object>> decays = Experiment.ofMap("decays", BadInputTest::decay);
      Run run = decays.run(config, SEED);
      assertThat(config).containsExactly(Map.entry("rate", 0.5));
      assertThat(run.fingerprint().form(Facet.CONFIG).json()).isEqualTo("{\"rate\":0.5}");
      assertThat(decays.rerun(run, 2)).isInstanceOf(Rerun.Identical.class);
      Study study = decays.study(config).seeds(SEED, 3).run();
      assertThat(study.runs()).allSatisfy(one -> assertThat(one.value("rate")).isEqualTo(0.25));
    }
  }

  static void decay(Map<String, Object> config, Trial trial) {
    config.computeIfPresent("rate", (name, rate) -> (Double) rate / 2);
    trial.record("rate", (Double) config.getOrDefault("rate", 0.0));
  }

  @Nested
  class ACapture {
    @Test
    void thatCannotTravelRunsHereAndIsNamedAsNotCaptured() {
      Object lock = new Object();
      int n = 3;
      Run run = toy((config, trial) -> {
            synchronized (lock) {
              trial.record("n", n);
            }
          })
          .run(CONFIG, SEED);
      assertThat(run.value("n")).isEqualTo(3);
      assertThat(run.fingerprint().toString().lines())
          .contains(
              "  experiment.body.captured[0] not captured: captured value 1 is a java.lang.Object, which cannot be made"
                  + " canonical. Allowed are strings, numbers, booleans, enums, Optional, java.time, lists, sets, maps,"
                  + " arrays, records, and classes with a constructor without arguments and no final fields.");
    }
  }

  @Nested
  class ASample {
    private Sample of(double... values) {
      List<Seed> seeds = SEED.spawn(values.length);
      return toy((config, trial) -> {
            double value = values[seeds.indexOf(trial.seed())];
            if (value == Double.NEGATIVE_INFINITY) {
              throw new IllegalStateException("exploded");
            }
            trial.record("accuracy", value);
          })
          .study(CONFIG)
          .seeds(seeds)
          .run()
          .metric(Metric.of("accuracy").higherIsBetter());
    }

    private Sample constant(int n, double value) {
      double[] values = new double[n];
      Arrays.fill(values, value);
      return of(values);
    }

    /** Through a file, as a committed baseline is. */
    private Verdict compare(Sample before, Sample now) {
      Path file = folder.resolve("toy.json");
      Baseline.of(before).write(file);
      return Baseline.read(file).compare(now, Margin.absolute(0.01));
    }

    private Inconclusive.Cause cause(Verdict verdict) {
      assertThat(verdict).isInstanceOf(Inconclusive.class);
      return ((Inconclusive) verdict).cause();
    }

    @Test
    void ofNoRunsCannotBe() {
      assertThatThrownBy(() -> toy((config, trial) -> {}).study(CONFIG).seeds(SEED, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of seeds must be at least 1; got 0. Give 1 or more.");
    }

    @ParameterizedTest
    @CsvSource({"1, 95", "2, 78"})
    void ofOneOrTwoRunsIsTooSmallForAnyVerdict(int n, int percent) {
      Verdict verdict = compare(constant(n, 0.9), constant(n, 0.9));
      assertThat(cause(verdict)).isEqualTo(Inconclusive.Cause.TOO_FEW_RUNS);
      assertThat(verdict.reason())
          .isEqualTo("Pairs of runs are too few for any verdict: " + n
              + ". It takes 5 to replicate and 6 to differ. The seeds are the baseline's, compared pair by pair: "
              + n + " of " + n + " identical, 0 beyond the margin (at most " + percent
              + " % of the population). If difference and spread stay as they are, 5 seeds on both sides would"
              + " settle it.");
    }

    @Test
    void ofEqualValuesReplicatesItself() {
      Verdict verdict = compare(constant(5, 0.9), constant(5, 0.9));
      assertThat(verdict).isInstanceOf(Replicated.class);
      assertThat(verdict.explain()).isEqualTo("""
              accuracy replicates the baseline toy.json.

                baseline    0.9000   n = 5
                this study  0.9000   n = 5
                difference  0.0000   90 % [0.0000, 0.0000] by ranks, [0.0000, 0.0000] by means
                margin      0.0100   absolute

                Both intervals lie strictly inside the margin. Every run is identical to the baseline's run of the
                same seed. All 5 runs were executed now; none failed.""");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void inWhichNoRunEndsWithANumberIsNoBaseline(double value) {
      assertThatThrownBy(() -> Baseline.of(constant(6, value)))
          .isInstanceOf(BaselineException.class)
          .hasMessage(
              "no run of toy completed with a finite accuracy, 6 failed: there is nothing to hold a study against."
                  + " Find out why they failed before making a baseline.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void inWhichEveryFreshRunFailsIsWorse(double value) {
      Verdict verdict = compare(constant(6, 0.9), constant(6, value));
      assertThat(verdict).isInstanceOf(Differs.class);
      assertThat(((Differs) verdict).isBetter()).contains(false);
      assertThat(verdict.reason())
          .isEqualTo(
              "Both intervals lie wholly outside the margin: this study is worse. The seeds are the baseline's,"
                  + " compared pair by pair: 0 of 6 identical, 6 beyond the margin (at most 100 % of the population).");
    }
  }

  @Nested
  class ABaseline {
    private final StudyPlan<Config> plan = toy((config, trial) ->
            trial.record("accuracy", trial.random("noise").nextDouble()))
        .study(CONFIG)
        .seeds(SEED, 5);

    private void refuses(Path file, String metric, String message) {
      assertThatThrownBy(() -> assertReplicates(file, plan, metric, Margin.absolute(0.5)))
          .isInstanceOf(BaselineException.class)
          .hasMessage(message);
    }

    private Path written(StudyPlan<Config> by) {
      Path file = folder.resolve("toy.json");
      Baseline.of(by.run().metric("accuracy")).write(file);
      return file;
    }

    @Test
    void thatIsEmpty() throws IOException {
      refuses(
          Files.createFile(folder.resolve("toy.json")),
          "accuracy",
          "the baseline toy.json is empty. Restore it from version control, or write it anew.");
    }

    @Test
    void thatIsNoFileCannotBeWritten() {
      Baseline baseline = Baseline.of(Sample.of(1, 2, 3));
      assertThatThrownBy(() -> baseline.write(Path.of("/")))
          .isInstanceOf(BaselineException.class)
          .hasMessage("a baseline needs the path of a file; got /. Name one, such as"
              + " src/test/resources/baselines/my-experiment.json.");
    }

    @Test
    void isWrittenBesideNothingElseAndReadableToOthers(@TempDir Path empty) throws IOException {
      Path file = empty.resolve("deep/in/toy.json");
      Baseline.of(Sample.of(1, 2, 3)).write(file);
      try (Stream<Path> files = Files.list(empty.resolve("deep/in"))) {
        assertThat(files).containsExactly(file);
      }
      Path plain = Files.createFile(empty.resolve("plain"));
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void thatIsAFolder() throws IOException {
      refuses(
          Files.createDirectory(folder.resolve("toy.json")),
          "accuracy",
          "cannot read the baseline toy.json: java.io.IOException: Is a directory. Check that it is a readable"
              + " text file in UTF-8.");
    }

    @Test
    void thatIsNoText() throws IOException {
      refuses(
          Files.write(folder.resolve("toy.json"), new byte[] {(byte) 0xff, 0, 1}),
          "accuracy",
          "cannot read the baseline toy.json: java.nio.charset.MalformedInputException: Input length = 1. Check"
              + " that it is a readable text file in UTF-8.");
    }

    @Test
    void thatIsTruncated() throws IOException {
      Path file = written(plan);
      Files.writeString(file, Files.readString(file).substring(0, 20));
      assertThatThrownBy(() -> assertReplicates(file, plan, "accuracy", Margin.absolute(0.5)))
          .isInstanceOf(BaselineException.class)
          .hasMessage(
              "the baseline toy.json is not whole JSON: Unexpected end-of-input: was expecting closing quote for a"
                  + " string value. Restore it from version control, or write it anew.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2})
    void ofAnotherFormat(int version) throws IOException {
      Path file = written(plan);
      Files.writeString(
          file, Files.readString(file).replaceFirst("\"version\": 1", "\"version\": " + version));
      refuses(
          file,
          "accuracy",
          version > 1
              ? "the baseline toy.json is of format 2, and this version of Stet reads up to 1. Update Stet."
              : "the baseline toy.json is of format " + version
                  + ", and the first one is 1. Restore it from version control, or write it anew.");
    }

    @Test
    void ofAnotherMetricOrReduction() {
      Path file = written(plan);
      assertThatThrownBy(() -> assertReplicates(
              file,
              plan,
              Metric.of("accuracy").reducedBy(Reduction.maximum()),
              Margin.absolute(0.5)))
          .isInstanceOf(BaselineException.class)
          .hasMessage(
              "the baseline toy.json is of another reduction: it has \"last\", the study has \"maximum\". Compare"
                  + " with the baseline of the same reduction, or delete the file to begin a new line of baselines; its"
                  + " anchor goes with it.");
    }

    @Test
    void chosenByItsOwnSeeds() {
      assertThatThrownBy(() -> written(plan.selected(new Selection(12, true))))
          .isInstanceOf(BaselineException.class)
          .hasMessage(
              "the sample of toy was chosen by its own seeds: its config is the best of 12 on the very runs it"
                  + " holds, so its values are better than the config is. Run the chosen config on fresh seeds and use those"
                  + " runs.");
    }
  }

  @Nested
  class Data {
    private Experiment<Config> reading(Path path) {
      return toy((config, trial) -> trial.record("loss", 1)).data("train", path);
    }

    @Test
    void thatIsMissingIsNotAFailedRun() {
      Path missing = folder.resolve("none.csv");
      assertThatThrownBy(() -> reading(missing).attempt(CONFIG, SEED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("data \"train\" must be a file or a folder that exists; there is none at "
              + missing + ". Check the path and the working directory.");
    }

    @Test
    void thatIsAFolderIsTheDigestOfItsFiles() throws IOException {
      Files.writeString(folder.resolve("a.csv"), "1\n");
      Run before = reading(folder).run(CONFIG, SEED);
      Files.writeString(folder.resolve("b.csv"), "2\n");
      Run after = reading(folder).run(CONFIG, SEED);
      assertThat(before.fingerprint().diff(after.fingerprint()).summary())
          .isEqualTo("data (train.bytes 2 -> 4, train.sha256 changed)");
    }

    @Test
    void thatChangesBetweenTwoRunsExplainsTheDivergence() throws IOException {
      Path file = Files.writeString(folder.resolve("a.csv"), "1\n");
      Experiment<Config> experiment = toy((config, trial) ->
              trial.record("bytes", (double) Files.size(trial.data("train"))))
          .data("train", file);
      Run before = experiment.run(CONFIG, SEED);
      Files.writeString(file, "12\n");
      Rerun rerun = experiment.rerun(before);
      assertThat(rerun).isInstanceOf(Rerun.Diverged.class);
      assertThat(rerun.explain()).contains("data (train.bytes 2 -> 3, train.sha256 changed)");
    }
  }

  @Nested
  class DataOfAStudy {
    @Test
    void thatIsReplacedUnderWayMakesNoSample() throws IOException {
      Path file = Files.writeString(folder.resolve("a.csv"), "1\n");
      String path = file.toString();
      Study study = toy((config, trial) -> {
            trial.record("loss", 1);
            Files.writeString(Path.of(path), "1\n".repeat(2));
          })
          .data("train", file)
          .study(CONFIG)
          .seeds(List.of(Seed.of(1), Seed.of(2)))
          .run();
      assertThatThrownBy(() -> study.metric("loss"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the data changed while the study of toy ran: seed 2 read other data than seed 1. Run the study"
                  + " again when nothing writes to its data.");
    }
  }

  @Nested
  class ATrial {
    @Test
    void thatThrowsAnErrorIsAFailedRunOfItsStudy() {
      Study study = toy((config, trial) -> {
            trial.record("accuracy", 1);
            if (trial.seed().equals(SEED)) {
              throw new StackOverflowError("too deep");
            }
          })
          .study(CONFIG)
          .seeds(List.of(Seed.of(1), SEED, Seed.of(2)))
          .threads(2)
          .run();
      assertThat(study).hasToString("study of toy: 3 runs, 1 failed");
      assertThat(study.failed().get(0).toString())
          .startsWith("toy, seed 42: failed with java.lang.StackOverflowError: too deep in ")
          .endsWith(" ms, 1 record");
    }

    @Test
    void thatSwallowsEverythingKeepsWhatItRecorded() {
      Experiment<Config> swallowing = toy((config, trial) -> {
        for (int i = 0; i < 4; i++) {
          try {
            trial.record("loss", trial.random("noise").nextDouble());
          } catch (Throwable all) {
            trial.digest("swallowed", all.getClass().getName());
          }
        }
      });
      Run run = swallowing.run(CONFIG, SEED);
      assertThat(run.trace().size()).isEqualTo(4);
      assertThat(run.trace().series("loss").length()).isEqualTo(1);
      assertThat(swallowing.rerun(run)).isInstanceOf(Rerun.Identical.class);
      assertThat(swallowing.rerunFirst(run, 1)).isInstanceOf(Rerun.Identical.class);
    }

    @Test
    void thatLeavesThreadsBehindTellsThemWhenTheyRecord() throws Exception {
      CountDownLatch ended = new CountDownLatch(1);
      List<Throwable> thrown = java.util.Collections.synchronizedList(new ArrayList<>());
      List<Thread> left = new ArrayList<>();
      Run run = toy((config, trial) -> {
            trial.record("loss", 1);
            Thread late = new Thread(
                () -> {
                  await(ended);
                  for (Runnable call : List.<Runnable>of(
                      () -> trial.record("loss", 2),
                      () -> trial.digest("weights", new double[1]),
                      () -> trial.note("memory", 1),
                      () -> trial.random("late"))) {
                    try {
                      call.run();
                    } catch (IllegalStateException e) {
                      thrown.add(e);
                    }
                  }
                },
                "late worker");
            left.add(late);
            late.start();
          })
          .run(CONFIG, SEED);
      String digest = run.trace().digest();
      ended.countDown();
      left.get(0).join();
      assertThat(thrown)
          .hasSize(4)
          .allSatisfy(e -> assertThat(e)
              .hasMessage(
                  "the run has ended, and thread \"late worker\" still records; nothing was changed. Let the"
                      + " body wait for its threads before it returns."));
      assertThat(run.trace().size()).isEqualTo(1);
      assertThat(run.trace().notes()).isEmpty();
      assertThat(run.trace().digest()).isEqualTo(digest);
    }

    @Test
    void thatWritesOneSeriesFromTwoThreadsWithoutStepsHasNoLastValue() {
      Study study = toy((config, trial) -> {
            for (int i = 0; i < 2; i++) {
              int value = i;
              Thread other = new Thread(() -> trial.record("loss", value));
              other.start();
              other.join();
            }
          })
          .study(CONFIG)
          .seeds(List.of(SEED))
          .run();
      assertThatThrownBy(() -> study.metric("loss"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the run with seed 42 recorded \"loss\" from several threads without steps, so that its values have"
                  + " no order. Record it with a step, such as trial.record(\"loss\", step, value).");
      assertThatThrownBy(() -> study.runs().get(0).value("loss"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the run with seed 42 recorded \"loss\" from several threads without steps, so that its values have"
                  + " no order. Record it with a step, such as trial.record(\"loss\", step, value).");
      assertThat(study.metric(Metric.of("loss").reducedBy(Reduction.maximum())).runs())
          .allSatisfy(one -> assertThat(one.value()).isEqualTo(1));
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes part in everything that writes a file or prints, and was told a password. */
  static final class Confidant {
    private Confidant() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("told " + System.getProperty("my.password", "").length() + " and "
          + String.join(" ", arguments).length() + " characters");
      Experiment<Config> experiment = toy((config, trial) -> {
        trial.record("accuracy", trial.random("noise").nextDouble());
        trial.note("memory", 1);
      });
      Run run = experiment.run(CONFIG, SEED);
      Sample sample = experiment.study(CONFIG).seeds(SEED, 6).run().metric("accuracy");
      Baseline.of(sample).write(Path.of("base.json"));
      Files.writeString(Path.of("fingerprint.json"), run.fingerprint().toJson());
      System.out.println(run + "\n" + run.fingerprint());
      System.out.println(Baseline.read(Path.of("base.json"))
          .compare(
              experiment.study(CONFIG).freshSeeds(6).run().metric("accuracy"), Margin.absolute(0.1))
          .explain());
      System.out.println(experiment.rerun(run).explain());
      try {
        assertReplicates(
            Path.of("none.json"), experiment.study(CONFIG), "accuracy", Margin.absolute(1));
      } catch (AssertionError e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Nested
  class TheEnvironment {
    private List<String> confide(ChildJvm jvm, String classPath) throws Exception {
      return jvm.run(classPath, Confidant.class, "--password=hunter2-secret");
    }

    @Test
    void neverLetsAPasswordIntoAFileOrAMessage() throws Exception {
      List<String> lines = confide(
          ChildJvm.in(folder, "-Dmy.password=hunter2-secret").with("MY_PASSWORD", "hunter2-secret"),
          System.getProperty("java.class.path"));
      assertThat(lines).startsWith("told 14 and 25 characters");
      assertThat(lines).noneMatch(line -> line.contains("hunter2"));
      assertThat(folder.resolve("base.json")).exists();
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile).toList())
            .hasSize(3)
            .allSatisfy(file -> assertThat(file).content().doesNotContain("hunter2"));
      }
    }

    @Test
    void withoutGitAndWithAClassPathThatDoesNotExistSaysWhatItLacks() throws Exception {
      String sound = System.getProperty("java.class.path");
      List<String> lines = confide(
          ChildJvm.in(folder).with("PATH", folder.toString()),
          sound + java.io.File.pathSeparator + folder.resolve("no-such.jar"));
      assertThat(lines)
          .anyMatch(line -> line.startsWith("  source ") && line.endsWith("  commit=?"))
          .contains("  source.commit not captured: git is not installed");
      assertThat(lines).noneMatch(line -> line.contains("no-such"));
    }
  }
}
