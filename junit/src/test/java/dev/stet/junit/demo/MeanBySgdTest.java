package dev.stet.junit.demo;

import static dev.stet.StetAssertions.assertReplicates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.junit.BaselineFile;
import dev.stet.junit.BitForBit;
import dev.stet.junit.Guarded;
import dev.stet.junit.Replayable;
import dev.stet.junit.StreamName;
import dev.stet.replication.Margin;
import dev.stet.seeds.RandomStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@Replayable
class MeanBySgdTest {
  record Config(double rate, int steps) {}

  static final Config CONFIG = new Config(0.02, 1000);
  static final Experiment<Config> MEAN =
      Experiment.of("mean-by-sgd", Config.class, MeanBySgdTest::train);

  static void train(Config config, Trial trial) {
    RandomStream data = trial.random("data");
    double estimate = 0;
    for (int step = 0; step < config.steps(); step++) {
      estimate -= config.rate() * (estimate - data.nextGaussian(3, 1));
      trial.record("estimate", estimate);
    }
  }

  @Test
  void aMeanLiesBetweenItsValues(@StreamName("values") RandomStream values) {
    double low = values.nextDouble();
    double high = low + values.nextDouble();
    assertThat((low + high) / 2).isBetween(low, high);
  }

  @Test
  @BitForBit(5)
  void trainsBitForBit(Trial trial) {
    train(CONFIG, trial);
  }

  @Test
  @Guarded(ifAvailable = true)
  void drawsFromItsStreamsAlone(Trial trial) {
    train(CONFIG, trial);
  }

  @Test
  void estimateStillHolds(@BaselineFile Path baseline) {
    assertReplicates(baseline, MEAN.study(CONFIG), "estimate", Margin.absolute(0.2));
  }

  @Test
  @BitForBit(value = 1, jvm = BitForBit.Jvm.FRESH)
  void trainsBitForBitAnotherDay(Trial trial) {
    train(CONFIG, trial);
  }
}
