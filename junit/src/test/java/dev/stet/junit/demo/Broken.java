package dev.stet.junit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.Trial;
import dev.stet.junit.BitForBit;
import dev.stet.junit.Replayable;
import dev.stet.junit.StreamName;
import dev.stet.seeds.RandomStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two bugs on purpose, for the page: the build launches them and looks at their failures. */
@Replayable
class Broken {
  @Test
  void sumsHaveNoOrder(@StreamName("values") RandomStream values) {
    for (int i = 0; i < 1000; i++) {
      double a = values.nextDouble();
      double b = values.nextDouble();
      double c = values.nextDouble();
      assertThat(a + (b + c)).isEqualTo((a + b) + c);
    }
  }

  @Test
  @Replayable("42")
  @BitForBit(5)
  void trainsWithNoise(Trial trial) {
    Random noise = new Random();
    double weight = trial.random("weights").nextDouble();
    trial.record("weight", weight);
    trial.record("loss", weight + noise.nextDouble());
  }
}
