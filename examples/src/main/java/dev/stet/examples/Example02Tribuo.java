package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Run;
import dev.stet.Trial;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A library that nobody here wrote: Tribuo takes a number as its seed, and gets one derived from the trial's. */
public final class Example02Tribuo {
  record Config(double learningRate, int epochs, int minibatch) {}

  static final Config CONFIG = new Config(0.1, 5, 16);

  static final Experiment<Config> TRIBUO = Experiment.of(
          "digits-tribuo", Config.class, Example02Tribuo::train)
      .data("digits", Example01Digits.DATA)
      .code("dev.stet.examples");

  private static final String[] PIXELS =
      IntStream.range(0, Digits.PIXELS).mapToObj(i -> "pixel-" + i).toArray(String[]::new);

  /** Held here, since the logging system forgets a logger that nobody holds. */
  private static final Logger TRIBUO_LOG = Logger.getLogger("org.tribuo");

  private Example02Tribuo() {}

  private static void train(Config config, Trial trial) throws IOException {
    Digits digits = Digits.read(trial.data("digits"));
    LinearSGDTrainer trainer = new LinearSGDTrainer(
        new LogMulticlass(),
        new AdaGrad(config.learningRate()),
        config.epochs(),
        Integer.MAX_VALUE,
        config.minibatch(),
        trial.seed().child("trainer").toLong());
    LinearSGDModel model = trainer.train(dataset(digits.training()));
    trial.digest("weights", model.getWeightsCopy().toArray());
    trial.record(
        "accuracy", new LabelEvaluator().evaluate(model, dataset(digits.test())).accuracy());
  }

  private static MutableDataset<Label> dataset(Digits digits) {
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> dataset =
        new MutableDataset<>(new SimpleDataSourceProvenance("digits", labels), labels);
    for (int i = 0; i < digits.size(); i++) {
      dataset.add(new ArrayExample<>(
          new Label(Integer.toString(digits.label(i))), PIXELS, digits.image(i)));
    }
    return dataset;
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
    TRIBUO_LOG.setLevel(Level.WARNING); // it logs each training
    Run run = TRIBUO.run(CONFIG, Seed.of(42));
    out.println(run);
    out.println("accuracy " + run.value("accuracy"));
    out.println(TRIBUO.rerun(run, 3).requireIdentical().explain());
  }
}
