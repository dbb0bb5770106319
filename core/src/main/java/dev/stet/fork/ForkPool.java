package dev.stet.fork;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Warm child JVMs that answer requests for one task. There are as many as threads ask at once; each is started when it
 * is first needed, reused as long as nothing went wrong in it, and ended when the pool is closed or this JVM is gone.
 *
 * <p>A child has this JVM's Java, options, class path and modules, its system properties, default locales and time zone
 * as they are when the pool is made, its environment and working directory; agents and debuggers are left out. What it
 * prints is printed here.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class ForkPool implements AutoCloseable {
  /** A worker that dies before its request has begun is replaced so often; an idle one may have been killed. */
  private static final int ATTEMPTS = 3;

  private final JvmCommand command;
  private final byte[] setup;

  // Both guarded by this.
  private final Deque<Worker> idle = new ArrayDeque<>();
  private boolean closed;

  private ForkPool(JvmCommand command, byte[] setup) {
    this.command = command;
    this.setup = setup;
  }

  /**
   * Makes a pool without a worker yet.
   *
   * @param task the task, written now
   * @return the pool
   * @throws IllegalArgumentException if the task is not serialisable
   */
  public static ForkPool of(ForkTask task) {
    return of(task, JvmChange.NONE);
  }

  /**
   * Makes a pool without a worker yet, whose workers are unlike this JVM in what is said.
   *
   * @param task the task, written now
   * @param change in what they are unlike it
   * @return the pool
   * @throws IllegalArgumentException if the task is not serialisable
   */
  public static ForkPool of(ForkTask task, JvmChange change) {
    return of(
        task,
        change.applied(JvmCommand.likeThisJvm()),
        change.applied(Surroundings.ofThisJvm()));
  }

  static ForkPool of(ForkTask task, JvmCommand command) {
    return of(task, command, Surroundings.ofThisJvm());
  }

  private static ForkPool of(ForkTask task, JvmCommand command, Surroundings surroundings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(surroundings);
      out.writeObject(requireNonNull(task, "task"));
    } catch (IOException e) {
      throw new IllegalArgumentException("the task cannot travel to another JVM: " + e, e);
    }
    return new ForkPool(command, bytes.toByteArray());
  }

  /**
   * Sends a request to a worker and waits for its end.
   *
   * @param request for {@link ForkTask#run}
   * @param begun called on this thread with what the task says when it begins; what it returns is the task's answer. If
   *     it throws, the worker is killed.
   * @param limit how long the task may take after that; empty for no limit
   * @param leaving looked at several times a second; once true, {@link ForkHost#isLeaving()} says so in the task
   * @return how it ended
   * @throws ForkException if no worker can be started, or the task cannot be read there
   * @throws InterruptedException if this thread is interrupted; the worker is killed
   */
  public ForkEnd run(
      byte[] request,
      UnaryOperator<byte[]> begun,
      Optional<Duration> limit,
      BooleanSupplier leaving)
      throws InterruptedException {
    Worker.Limits limits = new Worker.Limits(limit, leaving);
    ForkEnd end = once(request, begun, limits);
    for (int i = 1; i < ATTEMPTS && end instanceof ForkEnd.Died died && !died.begun(); i++) {
      end = once(request, begun, limits);
    }
    return end;
  }

  private ForkEnd once(byte[] request, UnaryOperator<byte[]> begun, Worker.Limits limits)
      throws InterruptedException {
    Worker worker = taken();
    try {
      return worker.run(request, begun, limits);
    } finally {
      giveBack(worker);
    }
  }

  private Worker taken() throws InterruptedException {
    Worker worker = next();
    while (worker != null && !worker.usable()) {
      worker.close();
      worker = next();
    }
    return worker != null ? worker : WorkerStart.of(command, setup);
  }

  private synchronized @Nullable Worker next() {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    return idle.pollFirst();
  }

  /** The one that worked last is taken first: it is the warmest. */
  private void giveBack(Worker worker) {
    synchronized (this) {
      if (!closed && worker.usable()) {
        idle.addFirst(worker);
        return;
      }
    }
    worker.close();
  }

  /** Ends every worker and waits for it; requests under way end theirs themselves. */
  @Override
  public void close() {
    Deque<Worker> last;
    synchronized (this) {
      closed = true;
      last = new ArrayDeque<>(idle);
      idle.clear();
    }
    last.forEach(Worker::kill);
    last.forEach(Worker::close);
  }
}
