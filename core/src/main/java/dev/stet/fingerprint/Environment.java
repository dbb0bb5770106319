package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * What surrounds a run: the JVM, the machine, the source's state, and informational values that are never compared.
 *
 * <p>It is read once per JVM, when it is asked for first; external programs (git, nvidia-smi) run side by side, at most
 * five seconds each. What could not be read is {@link NotCaptured} and says why. Program arguments and the values of
 * {@code -D} options are never read. The default locale changes nothing here.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1
 */
public final class Environment {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_OUTPUT = 16 << 20;

  private final Map<String, Object> runtime;
  private final Map<String, Object> hardware;
  private final Map<String, Object> source;
  private final Map<String, Object> informational;

  private Environment(
      Map<String, Object> runtime,
      Map<String, Object> hardware,
      Map<String, Object> source,
      Map<String, Object> informational) {
    this.runtime = runtime;
    this.hardware = hardware;
    this.source = source;
    this.informational = informational;
  }

  /**
   * Returns the environment of this JVM. The first call reads it.
   *
   * @return the same value on every call
   */
  public static Environment current() {
    return Current.VALUE;
  }

  static Environment capture(Command command) {
    FutureTask<Map<String, Object>> source = beside(() -> new SourceState(command, null).tree());
    FutureTask<Object> gpu = beside(() -> Hardware.gpu(command));
    Map<String, Object> runtime = Runtimes.tree();
    Map<String, Object> informational = Informational.tree();
    return new Environment(runtime, Hardware.tree(await(gpu)), await(source), informational);
  }

  private static <T> FutureTask<T> beside(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "stet-environment");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> T await(FutureTask<T> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return requireNonNull(task.get());
        } catch (InterruptedException e) {
          // The work ends within its time limit; who asked is told afterwards.
          interrupted = true;
        } catch (java.util.concurrent.ExecutionException e) {
          throw new IllegalStateException("the environment cannot be read", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Returns the facet {@code runtime}: the JVM's make, the options that can change bits or the order of identity hash
   * codes, the garbage collector, agents by the digest of their jar, processors and parallelism of the common pool,
   * and whether the Vector API is there.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> runtime() {
    return runtime;
  }

  /**
   * Returns the facet {@code hardware}: processor, vector instructions, limits of the container, operating system and its
   * version (two numbers), numerical native libraries as mapped before the first run of this JVM, and graphics
   * processors with their driver. A native library that a body loads is not seen, unless an earlier body loaded it
   * before this was read.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> hardware() {
    return hardware;
  }

  /**
   * Returns the facet {@code source}: the git commit of the working directory, whether there are changes beside it,
   * and a digest of them, files that git does not track included.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> source() {
    return source;
  }

  /**
   * Returns what may help a reader and is never compared: host, user, process, start time, working directory, full version of the
   * operating system, and entries of the class path that do not exist.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> informational() {
    return informational;
  }

  private static final class Current {
    static final Environment VALUE = capture(Command.ofSystem(PATIENCE, LARGEST_OUTPUT));
  }
}
