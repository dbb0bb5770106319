package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Grid;
import dev.stet.Run;
import dev.stet.Study;
import dev.stet.Sweep;
import dev.stet.Trial;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Verdict;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A night that nobody watches: a grid into a ledger, what is skipped, what failed, a run that goes on, forked JVMs. */
public final class Example06Night {
  record Config(double rate, int epochs) {}

  /** What the loop would lose with its process: all that the trial does not know by itself. */
  @SuppressWarnings("ArrayRecordComponent") // saved and read back, never compared
  record State(int epoch, int[] order, double[][] weights) implements Serializable {
    static State fresh(Digits training) {
      int[] order = IntStream.range(0, training.size()).toArray();
      return new State(0, order, new double[Digits.CLASSES][Digits.PIXELS + 1]);
    }
  }

  static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();

  static final Experiment<Config> LINEAR = Experiment.of(
          "digits-linear", Config.class, Example06Night::train)
      .data("digits", Example01Digits.DATA)
      .code("dev.stet.examples");

  static final Experiment<Config> CARELESS = Experiment.of(
          "digits-careless", Config.class, Example06Night::trainCarelessly)
      .data("digits", Example01Digits.DATA)
      .code("dev.stet.examples");

  /** In which epoch the disk is to fail, to show what is left; -1 for none. */
  private static int outage = -1;

  private Example06Night() {}

  private static void train(Config config, Trial trial) throws IOException {
    Digits digits = Digits.read(trial.data("digits"));
    State state = trial.restore(State.class).orElseGet(() -> State.fresh(digits.training()));
    RandomStream shuffle = trial.random("shuffle");
    for (int epoch = state.epoch(); epoch < config.epochs(); epoch++) {
      failAt(epoch);
      shuffle.shuffle(state.order());
      double loss = learn(digits.training(), state, config.rate());
      if (!(loss < 1e6)) {
        throw new ArithmeticException("the loss of epoch " + epoch + " is " + loss);
      }
      trial.record("loss", loss);
      trial.checkpoint(epoch + 1, new State(epoch + 1, state.order(), state.weights()));
    }
    trial.record("accuracy", accuracy(digits.test(), state.weights()));
  }

  private static void failAt(int epoch) throws IOException {
    if (epoch == outage) {
      throw new IOException("no space left on device");
    }
  }

  private static void trainCarelessly(Config config, Trial trial) throws IOException {
    if (trial.seed().equals(Seed.of(7).child(1))) {
      System.exit(3); // somebody's command-line tool, called as a library
    }
    train(config, trial);
  }

  /** The delta rule: one linear output a class, squared error, one step a digit. */
  private static double learn(Digits digits, State state, double rate) {
    double loss = 0;
    for (int i : state.order()) {
      double[] image = digits.image(i);
      for (int k = 0; k < Digits.CLASSES; k++) {
        double[] weights = state.weights()[k];
        double error = output(weights, image) - (k == digits.label(i) ? 1 : 0);
        loss += error * error;
        for (int j = 0; j < image.length; j++) {
          weights[j] -= rate * error * image[j];
        }
        weights[image.length] -= rate * error;
      }
    }
    return loss / digits.size();
  }

  private static double output(double[] weights, double[] image) {
    double sum = weights[image.length];
    for (int j = 0; j < image.length; j++) {
      sum += weights[j] * image[j];
    }
    return sum;
  }

  private static double accuracy(Digits digits, double[][] weights) {
    int right = 0;
    for (int i = 0; i < digits.size(); i++) {
      int likeliest = 0;
      for (int k = 1; k < Digits.CLASSES; k++) {
        double[] image = digits.image(i);
        likeliest = output(weights[k], image) > output(weights[likeliest], image) ? k : likeliest;
      }
      right += likeliest == digits.label(i) ? 1 : 0;
    }
    return right / (double) digits.size();
  }

  /**
   * Runs the example in a directory of its own, which is deleted.
   *
   * @param args not read
   * @throws IOException if there is no place for the directory
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("runs");
    try {
      show(directory);
    } finally {
      delete(directory);
    }
  }

  static void show(Path directory) {
    night(directory);
    again(directory);
    goOn(directory);
    apart();
    baseline(directory);
  }

  private static void night(Path directory) {
    Grid<Config> grid = Grid.of(new Config(0.01, 5)).over("rate", 0.001, 0.01, 1.0);
    try (Ledger ledger = Ledger.open(directory)) {
      Sweep<Config> sweep = LINEAR
          .study(grid.base())
          .seeds(Seed.of(7), 10)
          .threads(2)
          .stopAfterFailures(3)
          .showing(ACCURACY)
          .ledger(ledger)
          .named("linear-night")
          .sweep(grid.configs());
      System.out.println(sweep.summary());
      System.out.println(sweep.best(ACCURACY).config());
    }
  }

  private static void again(Path directory) {
    try (Ledger ledger = Ledger.open(directory)) {
      Study study = LINEAR
          .study(new Config(0.01, 5))
          .seeds(Seed.of(7), 12)
          .threads(2)
          .ledger(ledger)
          .named("linear-night")
          .run();
      System.out.println(study.summary());
    }
  }

  private static void goOn(Path directory) {
    try (Ledger ledger = Ledger.open(directory)) {
      outage = 3; // the disk fails in the fourth epoch
      Run failed = LINEAR.ledger(ledger).attempt(new Config(0.01, 5), Seed.of(42));
      outage = -1;

      RunRecord record = ledger.run(failed.id().orElseThrow()).orElseThrow();
      System.out.println(record.status().label() + ": " + record.failure().orElseThrow());
      Run resumed = LINEAR.ledger(ledger).resume(record);
      Run whole = LINEAR.run(new Config(0.01, 5), Seed.of(42));
      System.out.println(resumed.status().label() + ", the bits of a run that never failed: "
          + resumed.trace().digest().equals(whole.trace().digest()));

      RunRecord known = ledger.run(resumed.id().orElseThrow()).orElseThrow();
      System.out.println(LINEAR.rerun(known).explain()); // in a later JVM as well
    }
  }

  private static void apart() {
    Study study = CARELESS
        .study(new Config(0.01, 5))
        .seeds(Seed.of(7), 4)
        .forks(2)
        .timeout(Duration.ofMinutes(10))
        .run();
    System.out.println(study.summary());
  }

  private static void baseline(Path directory) {
    try (Ledger ledger = Ledger.open(directory)) {
      Study night = Study.of(ledger.query().study("linear-night").config("rate", 0.01));
      Baseline baseline = Baseline.of(night.metric(ACCURACY)); // .write(path) makes it a file
      Study fresh =
          LINEAR.study(new Config(0.01, 5)).seeds(Seed.of(8), 12).threads(2).run();
      Verdict verdict = baseline.compare(fresh.metric(ACCURACY), Margin.absolute(0.02));
      System.out.println(verdict.explain());

      long completed = ledger.query().status(RunStatus.COMPLETED).count();
      System.out.println(completed + " completed runs on record; the best:");
      for (RunRecord run : ledger.query().best("accuracy", true, 2)) {
        System.out.println(run.seed() + " " + run.config() + " " + run.metrics().get("accuracy"));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
