package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Run;
import dev.stet.StudyPlan;
import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Sample;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;

/** The first program of the README. */
public class First {
  record Config(double rate, int steps) {}

  static final Experiment<Config> MEAN =
      Experiment.of("mean-by-sgd", Config.class, (config, trial) -> {
        RandomStream data = trial.random("data");
        double estimate = 0;
        for (int step = 0; step < config.steps(); step++) {
          estimate -= config.rate() * (estimate - data.nextGaussian(3, 1));
          trial.record("estimate", estimate);
        }
      });

  /**
   * Captures, reruns and replicates.
   *
   * @param args not read
   */
  public static void main(String[] args) {
    Config config = new Config(0.02, 1000);
    Run run = MEAN.run(config, Seed.of(42)); // capture
    System.out.println(run.fingerprint());
    System.out.println(MEAN.rerun(run, 3).requireIdentical().explain()); // rerun, bit for bit

    StudyPlan<Config> plan = MEAN.study(config).threads(2); // replicate
    Baseline baseline = Baseline.of(plan.seeds(Seed.of(1), 50).run().metric("estimate"));
    Sample fresh = plan.seeds(Seed.of(2), 20).run().metric("estimate");
    System.out.println(baseline.compare(fresh, Margin.absolute(0.2)).explain());
  }
}
