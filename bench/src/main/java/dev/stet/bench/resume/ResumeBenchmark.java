package dev.stet.bench.resume;

import dev.stet.ledger.Checkpoint;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import dev.stet.trace.TraceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A checkpoint with a state of 1 MB on the disk of the temporary directory; a series of 1,000,000 steps in bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ResumeBenchmark {
  private static final int STEPS = 1_000_000;

  private final byte[] state = new byte[1 << 20];
  private Recorder recorder = Recorder.of();
  private Trace trace = Recorder.of().end();
  private byte[] written = {};
  private Path folder = Path.of("");

  /** Records a run of 1,000,000 steps to write. */
  @Setup
  public void record() throws IOException {
    folder = Files.createTempDirectory("checkpoints");
    Seed.of(1).stream().nextBytes(state);
    trace = recorded(STEPS).end();
    written = write();
  }

  /** A recorder is saved by the thread that began it, and iterations may run on several. */
  @Setup(Level.Iteration)
  public void begin() {
    recorder = recorded(1000);
  }

  private static Recorder recorded(int steps) {
    Recorder recorder = Recorder.of();
    RandomStream stream = Seed.of(2).stream();
    recorder.stream("noise", stream);
    for (int i = 0; i < steps; i++) {
      recorder.record("loss", stream.nextGaussian());
    }
    return recorder;
  }

  /** Removes what was saved. */
  @TearDown
  public void delete() {
    Checkpoint.deleteAll(folder);
  }

  /** Saves the state, 1,000 records and a stream: written, forced, renamed, directory forced, the oldest deleted. */
  @Benchmark
  public void checkpoint() {
    Checkpoint.write(folder, "recipe", 1, "bytes", out -> out.write(state), recorder);
  }

  /** Writes a series of 1,000,000 steps. */
  @Benchmark
  public byte[] write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(STEPS * 12);
    TraceFile.write(trace, out);
    return out.toByteArray();
  }

  /** Reads a series of 1,000,000 steps. */
  @Benchmark
  public Trace read() throws IOException {
    return TraceFile.read(new ByteArrayInputStream(written));
  }
}
