package dev.stet.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A Java virtual machine that writes runs into a ledger and says of each what was acknowledged. */
final class LedgerProcess {
  private static final String END = "end of output";

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private LedgerProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader output = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("unreadable: " + e);
    }
    lines.add(END);
  }

  static LedgerProcess start(Path directory, int threads, int runsPerThread) throws IOException {
    return new LedgerProcess(new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LedgerProcess.class.getName(),
            directory.toString(),
            Integer.toString(threads),
            Integer.toString(runsPerThread))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start());
  }

  /** The next word of the process, or null at its end. */
  @Nullable
  String line() throws InterruptedException {
    String line = lines.take();
    return line.equals(END) ? null : line;
  }

  void kill() {
    // The handle of the process leaves its output to be read.
    process.toHandle().destroyForcibly();
  }

  int end() throws InterruptedException {
    return process.waitFor();
  }

  public static void main(String[] arguments) throws InterruptedException {
    Ledger ledger = Ledger.open(Path.of(arguments[0]));
    int runs = Integer.parseInt(arguments[2]);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      int seed = i;
      threads.add(new Thread(() -> write(ledger, seed, runs)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    ledger.close();
  }

  private static void write(Ledger ledger, int thread, int runs) {
    for (int i = 0; i < runs; i++) {
      RunEntry entry = ledger.begin(Samples.start(thread));
      say("begun " + entry.id());
      entry.completed(Samples.trace(i, thread), Samples.DURATION);
      say("ended " + entry.id());
    }
  }

  private static synchronized void say(String word) {
    System.out.println(word);
  }
}
