package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Panel;
import dev.stet.replication.Reduction;
import dev.stet.replication.Reduction.Points;
import dev.stet.replication.SampleRun;
import dev.stet.replication.SampleSet;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {
  record Config(double slowdown) {}

  private static final Metric LOSS = Metric.of("loss").lowerIsBetter();

  /** A loss that falls with the step; slowed down, it is late at first and the same in the end. */
  private static final Experiment<Config> FALLING =
      Experiment.of("falling", Config.class, (config, trial) -> {
        RandomStream noise = trial.random("noise");
        for (int step = 0; step <= 100; step += 10) {
          double late = step < 50 ? config.slowdown() : 0;
          trial.record("loss", step, 1.0 / (1 + step) + late + 0.01 * noise.nextGaussian());
        }
      });

  private static Study study(double slowdown, long root) {
    return FALLING.study(new Config(slowdown)).seeds(Seed.of(root), 12).run();
  }

  @Test
  void isComparedStepByStep() {
    SampleSet before = study(0, 1).curve(LOSS, 0, 20, 100);
    assertThat(before.names()).containsExactly("0", "20", "100");
    assertThat(before.subject()).isEqualTo("step");
    Panel panel = before.compare(study(0.2, 2).curve(LOSS, 100, 20, 0), Margin.absolute(0.05));
    assertThat(panel.differing()).extracting(Panel.Entry::name).containsExactly("0", "20");
    assertThat(panel.explain())
        .startsWith(
            "2 of 3 primary steps differ: 0 and 20; 1 is replicated.\n\n  step  baseline  this study");
  }

  @Test
  void keepsAFileForEachStep(@TempDir Path folder) {
    Study study = study(0, 1);
    SampleSet curve = study.curve(LOSS, 20, 100);
    for (String step : curve.names()) {
      Baseline.of(curve.sample(step)).write(folder.resolve("loss-" + step + ".json"));
    }
    Baseline read = Baseline.read(folder.resolve("loss-20.json"));
    assertThat(read.metric()).isEqualTo(LOSS.reducedBy(Reduction.atStep(20)));
    assertThat(read.sample().runs().stream().map(SampleRun::value).toList())
        .containsExactlyInAnyOrderElementsOf(
            study.metric(read.metric()).runs().stream().map(SampleRun::value).toList());
    assertThat(read.compare(study(0, 2).metric(read.metric()), Margin.absolute(0.05))
            .explain())
        .startsWith("loss replicates the baseline loss-20.json.");
  }

  @Test
  void takesTheValueRecordedLastAtItsStep() {
    Reduction atTwo = Reduction.atStep(2);
    Points series = Points.of(new long[] {1, 2, 2, 3}, new double[] {5, 6, 7, 8});
    assertThat(atTwo.reduce(series)).isEqualTo(new Reduction.Result(7, 1));
    assertThat(Reduction.maximum().reduce(series)).isEqualTo(new Reduction.Result(8, 4));
    assertThat(atTwo).hasToString("at step 2").isEqualTo(Reduction.parse("at step 2"));
    assertThat(atTwo).isNotEqualTo(Reduction.atStep(3)).isNotEqualTo(Reduction.last());
    assertThat(Reduction.parse("at step -9223372036854775808").step()).hasValue(Long.MIN_VALUE);
    assertThat(atTwo.validationMetric()).isEmpty();
    assertThat(Reduction.last().step()).isEmpty();
  }

  @Test
  void refusesStepsThatAreNotThere() {
    Study study = study(0, 1);
    assertThatThrownBy(() -> study.curve(LOSS, 15))
        .hasMessage(
            "the metric has no value at step 15; its 11 values lie at steps 0 to 100. Declare a step at which"
                + " every run records it.");
    assertThatThrownBy(() -> study.curve(LOSS))
        .hasMessage(
            "a curve needs at least one step; got none. Declare those that matter, such as the last.");
    assertThatThrownBy(() -> study.curve(LOSS, 10, 10))
        .hasMessage("two samples of the set are called \"10\". Give each step once.");
    assertThatThrownBy(() -> Reduction.atStep(2).reduce(new double[] {1}))
        .hasMessage("\"at step 2\" needs the steps of the series. Call reduce(Points).");
    assertThatThrownBy(() -> Reduction.parse("at step two"))
        .hasMessage(
            "a reduction is last, maximum, minimum, \"at highest METRIC\", \"at lowest METRIC\" or \"at step"
                + " NUMBER\"; got \"at step two\".");
  }
}
