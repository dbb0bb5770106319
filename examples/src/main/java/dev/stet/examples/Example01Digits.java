package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Run;
import dev.stet.Study;
import dev.stet.Trial;
import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A small neural network on handwritten digits: captured, rerun bit for bit, held against a committed baseline; then a
 * bug and a worse learning rate, on purpose.
 */
public final class Example01Digits {
  record Config(double learningRate, int hidden, int epochs) {}

  static final Config CONFIG = new Config(0.05, 32, 10);
  static final Metric ACCURACY = Metric.of("accuracy").higherIsBetter();
  static final Margin MARGIN = Margin.absolute(0.01);
  static final Path BASELINE = Path.of("baselines/digits-mlp.json");
  static final Path DATA = Path.of("data/digits.csv.gz");

  static final Experiment<Config> DIGITS = Experiment.of(
          "digits-mlp", Config.class, Example01Digits::train)
      .data("digits", DATA)
      .code("dev.stet.examples");

  /** The same loop, whose author shuffles with a generator that nobody seeded. */
  static final Experiment<Config> BUGGY = Experiment.of(
          "digits-mlp-buggy", Config.class, Example01Digits::trainWithABug)
      .data("digits", DATA)
      .code("dev.stet.examples");

  private Example01Digits() {}

  private static void train(Config config, Trial trial) throws IOException {
    Digits digits = Digits.read(trial.data("digits"));
    Mlp net = new Mlp(config.hidden(), trial.random("weights"));
    RandomStream shuffle = trial.random("shuffle");
    int[] order = IntStream.range(0, digits.training().size()).toArray();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      shuffle.shuffle(order);
      trial.record("loss", net.trainEpoch(digits.training(), order, config.learningRate()));
    }
    trial.digest("weights", net.weights());
    trial.record("accuracy", net.accuracy(digits.test()));
  }

  private static void trainWithABug(Config config, Trial trial) throws IOException {
    Digits digits = Digits.read(trial.data("digits"));
    Mlp net = new Mlp(config.hidden(), trial.random("weights"));
    Random shuffle = new Random(); // the bug
    int[] order = IntStream.range(0, digits.training().size()).toArray();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      trial.record("loss", net.trainEpoch(digits.training(), order, config.learningRate()));
      for (int i = order.length - 1; i > 0; i--) {
        int j = shuffle.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    trial.record("accuracy", net.accuracy(digits.test()));
  }

  /**
   * Runs the example.
   *
   * @param args not read
   */
  public static void main(String[] args) {
    show(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void show(PrintStream out) {
    out.println("1. Capture: one run, and what determines it\n");
    Run run = DIGITS.run(CONFIG, Seed.of(42));
    out.println(run.fingerprint());

    out.println("\n2. Rerun: the same trial, bit for bit\n");
    out.println(DIGITS.rerun(run, 3).requireIdentical().explain());

    out.println("\n3. Replicate: 20 other seeds against the committed baseline\n");
    Study study = DIGITS.study(CONFIG).seeds(Seed.of(7), 20).threads(2).run();
    out.println(Baseline.read(BASELINE).compare(study.metric(ACCURACY), MARGIN).explain());

    out.println("\n4. A bug, on purpose: the shuffle draws from a generator that nobody seeded\n");
    out.println(BUGGY.rerun(BUGGY.run(CONFIG, Seed.of(42))).explain());

    out.println("\n5. A worse learning rate, on purpose\n");
    Config worse = new Config(0.002, CONFIG.hidden(), CONFIG.epochs());
    Study slow = DIGITS.study(worse).seeds(Seed.of(7), 20).threads(2).run();
    out.println(Baseline.read(BASELINE).compare(slow.metric(ACCURACY), MARGIN).explain());
  }
}
