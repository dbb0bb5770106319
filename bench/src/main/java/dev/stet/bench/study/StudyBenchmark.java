package dev.stet.bench.study;

import dev.stet.Experiment;
import dev.stet.Study;
import dev.stet.Trial;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a study costs beyond its loop, for one trial: 100,000 trials whose body does nothing. Target: at most 20
 * microseconds a trial. Beside it, what a trial pays that opens one stream and records one value.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class StudyBenchmark {
  private static final int TRIALS = 100_000;

  /**
   * A config of the usual size.
   *
   * @param layers widths
   * @param rate step size
   * @param optimizer a name
   * @param epochs how long
   */
  public record Config(List<Integer> layers, double rate, String optimizer, int epochs) {}

  private static final Config CONFIG = new Config(List.of(64, 32), 0.01, "sgd", 20);

  /** How many trials run at once. */
  @Param({"1", "2"})
  public int threads;

  private final List<Seed> seeds = Seed.of(7).spawn(TRIALS);
  private final Experiment<Config> nothing =
      Experiment.of("nothing", Config.class, (config, trial) -> {});
  private final Experiment<Config> opening =
      Experiment.of("opening", Config.class, StudyBenchmark::open);
  private final Experiment<Config> deriving =
      Experiment.of("deriving", Config.class, StudyBenchmark::derive);

  private static void open(Config config, Trial trial) {
    RandomStream random = trial.random("weights");
    trial.record("loss", random.nextDouble());
  }

  private static void derive(Config config, Trial trial) {
    RandomStream random = trial.seed().child("weights").stream();
    trial.record("loss", random.nextDouble());
  }

  /**
   * Trials that do nothing.
   *
   * @return the study
   */
  @Benchmark
  @OperationsPerInvocation(TRIALS)
  public Study empty() {
    return study(nothing);
  }

  /**
   * Trials that open a stream by {@link Trial#random}, which notes the place of the call, and record one value.
   *
   * @return the study
   */
  @Benchmark
  @OperationsPerInvocation(TRIALS)
  public Study openedStream() {
    return study(opening);
  }

  /**
   * The same with a stream that the trial does not track.
   *
   * @return the study
   */
  @Benchmark
  @OperationsPerInvocation(TRIALS)
  public Study derivedStream() {
    return study(deriving);
  }

  private Study study(Experiment<Config> experiment) {
    return experiment.study(CONFIG).seeds(seeds).threads(threads).run();
  }
}
