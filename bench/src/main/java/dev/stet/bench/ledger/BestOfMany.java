package dev.stet.bench.ledger;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Measures how long it takes to open a ledger of many runs and to find the best ten by a metric, and the heap this takes.
 * The ledger is made from the two lines of one real run, with other ids, seeds and values.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -Xmx512m -cp bench/target/benchmarks.jar dev.stet.bench.ledger.BestOfMany [runs] [directory]
 * }</pre>
 */
public final class BestOfMany {
  private static final int SEGMENTS = 16;

  private BestOfMany() {}

  /**
   * Makes the ledger, unless it is there, and prints times.
   *
   * @param arguments the number of runs (1,000,000), a directory (a temporary one)
   * @throws Exception when a file cannot be written or read
   */
  public static void main(String[] arguments) throws Exception {
    int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path directory =
        arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("stet-bench");
    if (!Files.exists(directory.resolve("made"))) {
      make(directory, runs);
    }
    for (int round = 0; round < 3; round++) {
      measure(directory);
    }
  }

  private static void measure(Path directory) {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    long cpu = cpu();
    long begin = System.nanoTime();
    try (Ledger ledger = Ledger.open(directory)) {
      List<RunRecord> best = ledger.query().experiment("bench").best("accuracy", true, 10);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "best of %d: %s = %.6f in %.2f s (%.2f s of one processor), heap at most %,d MB, problems %s%n",
          best.size(),
          best.get(0).seed(),
          best.get(0).metrics().get("accuracy"),
          seconds,
          (cpu() - cpu) / 1e9,
          peak() >> 20,
          ledger.problems());
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static void make(Path directory, int runs) throws IOException {
    String id;
    try (Ledger ledger = Ledger.open(directory)) {
      id = ledger
          .begin(BenchRuns.start(0))
          .completed(BenchRuns.trace(0), Duration.ofMillis(90))
          .id();
    }
    Path segment;
    try (Stream<Path> files = Files.list(directory.resolve("segments"))) {
      segment = files.findFirst().orElseThrow();
    }
    List<String> lines = Files.readAllLines(segment);
    Files.delete(segment);
    for (int i = 0; i < SEGMENTS; i++) {
      Path file = directory.resolve("segments").resolve("made-" + i + ".jsonl");
      try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
        for (int run = i; run < runs; run += SEGMENTS) {
          for (String line : lines) {
            output.write(altered(line, id, run));
          }
        }
      }
    }
    Files.createFile(directory.resolve("made"));
  }

  private static byte[] altered(String line, String id, int run) {
    double accuracy = ((run * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53;
    String body = line.substring(0, line.lastIndexOf(",\"crc\""))
        .replace(id, String.format(Locale.ROOT, "0192f3c4a5b6-%032x", run * 0x9E3779B97F4A7C15L))
        .replace("\"seed\":\"0\"", "\"seed\":\"" + run + "\"")
        .replaceFirst("\"accuracy\":[0-9.eE-]+", "\"accuracy\":" + accuracy);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (body + String.format(Locale.ROOT, ",\"crc\":\"%08x\"}%n", crc.getValue()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
