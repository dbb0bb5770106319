package dev.stet.bench.guard;

import dev.stet.guard.GuardOptions;
import dev.stet.guard.GuardWatcher;
import dev.stet.guard.GuardedLoader;
import dev.stet.seeds.Seed;
import dev.stet.spi.TrialWatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call: as it was, rewritten outside a trial, observed in a trial, and replaced in one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class GuardBenchmark {
  private static final List<String> NAMES = List.of(
      "mathRandom",
      "newRandom",
      "newSplittable",
      "threadLocal",
      "nanoTime",
      "exp",
      "identityHash",
      "seededDraw");

  /** Where the call is made. */
  @Param({"plain", "outside", "observe", "replace"})
  public String mode = "plain";

  /** Which call. */
  @Param({
    "mathRandom",
    "newRandom",
    "newSplittable",
    "threadLocal",
    "nanoTime",
    "exp",
    "identityHash",
    "seededDraw"
  })
  public String call = "mathRandom";

  private DoubleSupplier made = () -> 0;
  private @Nullable TrialWatch watch;

  /**
   * Loads the calls, by the guarded loader unless they are plain.
   *
   * @throws Exception if they cannot be loaded
   */
  @Setup
  public void load() throws Exception {
    GuardOptions options = mode.equals("replace") ? GuardOptions.replace() : GuardOptions.observe();
    List<DoubleSupplier> all = mode.equals("plain")
        ? new Calls().call()
        : GuardedLoader.of(options, GuardBenchmark.class.getClassLoader()).call(Calls.class);
    made = all.get(NAMES.indexOf(call));
  }

  /** Begins a trial where one is wanted. */
  @Setup(Level.Iteration)
  public void begin() {
    if (mode.equals("observe") || mode.equals("replace")) {
      watch = new GuardWatcher().begin("bench", Seed.of(1));
    }
  }

  /** Ends it. */
  @TearDown(Level.Iteration)
  public void end() {
    TrialWatch begun = watch;
    if (begun != null) {
      begun.end();
    }
  }

  /**
   * Makes the call.
   *
   * @return what it gave
   */
  @Benchmark
  public double call() {
    return made.getAsDouble();
  }
}
