package dev.stet.fingerprint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs an external program: bounded in time and output, without input, in the C locale. */
interface Command {
  /**
   * Runs a program.
   *
   * @param folder the working directory, or null for this JVM's
   * @param line the program and its arguments
   * @return what came of it
   */
  Outcome run(@Nullable Path folder, List<String> line);

  /**
   * What came of a program.
   *
   * @param bytes what it wrote to standard output, each byte as one character
   * @param exit its exit code
   * @param failure why there is no output: it is not installed, or did not answer in time
   */
  record Outcome(String bytes, int exit, Optional<String> failure) {
    static Outcome failed(String reason) {
      return new Outcome("", -1, Optional.of(reason));
    }

    boolean succeeded() {
      return failure.isEmpty() && exit == 0;
    }

    String text() {
      return decoded().strip();
    }

    String decoded() {
      return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  /** Runs programs of this machine, found by the variable PATH. */
  static Command ofSystem(Duration timeout, int largestOutput) {
    return (folder, line) -> execute(folder, line, timeout, largestOutput);
  }

  private static Outcome execute(
      @Nullable Path folder, List<String> line, Duration timeout, int largestOutput) {
    String program = line.get(0);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    // Reading the state of a repository must not take its locks, nor wait for a password.
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Outcome.failed(program + " is not installed");
    }
    try {
      process.getOutputStream().close();
      CompletableFuture<byte[]> output = read(process.getInputStream(), largestOutput + 1);
      byte[] bytes = output.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (bytes.length > largestOutput) {
        return Outcome.failed(program + " wrote more than " + largestOutput + " bytes");
      }
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return late(program, timeout);
      }
      return new Outcome(
          new String(bytes, StandardCharsets.ISO_8859_1), process.exitValue(), Optional.empty());
    } catch (TimeoutException e) {
      return late(program, timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed("the thread was interrupted while " + program + " ran");
    } catch (IOException | ExecutionException e) {
      return Outcome.failed("the output of " + program + " cannot be read");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      end(process);
    }
  }

  /** The system ends it soon; whoever looks right afterwards should find it gone. */
  private static void end(Process process) {
    try {
      process.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Outcome late(String program, Duration timeout) {
    return Outcome.failed(program + " did not answer within " + timeout.toMillis() / 1000.0 + " s");
  }

  private static CompletableFuture<byte[]> read(InputStream in, int most) {
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Thread reader = new Thread(
        () -> {
          try (in) {
            result.complete(in.readNBytes(most));
          } catch (IOException e) {
            result.completeExceptionally(e);
          }
        },
        "stet-command");
    reader.setDaemon(true);
    reader.start();
    return result;
  }
}
