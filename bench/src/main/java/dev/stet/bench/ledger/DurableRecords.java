package dev.stet.bench.ledger;

import dev.stet.ledger.Ledger;
import dev.stet.trace.Trace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how many lines a second a ledger forces to a disk for some threads that each wait for their own, beside how
 * often the same disk forces one small write. A run is two lines.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.ledger.DurableRecords [directory] [threads] [seconds]
 * }</pre>
 */
public final class DurableRecords {
  private DurableRecords() {}

  /**
   * Runs the measurement and prints rates.
   *
   * @param arguments where to write (a temporary directory), threads (8), seconds (5)
   * @throws Exception when a file cannot be written
   */
  public static void main(String[] arguments) throws Exception {
    Path parent =
        Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
    int threads = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    for (int round = 0; round < 3; round++) {
      Path folder = Files.createTempDirectory(parent, "stet-bench");
      double forces = forces(folder.resolve("forced"), seconds);
      double lines = lines(folder.resolve("runs"), threads, seconds);
      System.out.printf(
          Locale.ROOT,
          "%d threads: %,.0f lines a second; the disk alone forces %,.0f small writes a second (%.1f lines a force)%n",
          threads,
          lines,
          forces,
          lines / forces);
    }
  }

  private static double forces(Path file, int seconds) throws IOException {
    try (RandomAccessFile output = new RandomAccessFile(file.toFile(), "rw")) {
      long begin = System.nanoTime();
      long end = begin + TimeUnit.SECONDS.toNanos(seconds);
      long count = 0;
      while (System.nanoTime() < end) {
        output.write(new byte[900]);
        output.getFD().sync();
        count++;
      }
      return count / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private static double lines(Path directory, int threads, int seconds)
      throws InterruptedException {
    AtomicLong lines = new AtomicLong();
    try (Ledger ledger = Ledger.open(directory)) {
      long begin = System.nanoTime();
      long end = begin + TimeUnit.SECONDS.toNanos(seconds);
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int seed = i;
        Thread thread = new Thread(() -> {
          Trace trace = BenchRuns.trace(seed);
          while (System.nanoTime() < end) {
            ledger.begin(BenchRuns.start(seed)).completed(trace, Duration.ofMillis(3));
            lines.addAndGet(2);
          }
        });
        thread.start();
        all.add(thread);
      }
      for (Thread thread : all) {
        thread.join();
      }
      return lines.get() / ((System.nanoTime() - begin) / 1e9);
    }
  }
}
