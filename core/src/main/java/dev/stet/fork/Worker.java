package dev.stet.fork;

import dev.stet.fork.Wire.Frame;
import dev.stet.fork.Wire.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One child JVM, seen from its parent. Used by one thread at a time. */
final class Worker implements AutoCloseable {
  /** How long an interrupted task may take to come to its end. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration FOREVER = Duration.ofDays(36_525);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** How long we wait for output that must be on its way, and for a process to be gone. */
  private static final long PATIENCE_MILLIS = 5_000;

  private final Process process;
  private final Wire wire;
  private final Forwarder output;
  private final Forwarder errors;
  private final BlockingQueue<Frame> incoming = new LinkedBlockingQueue<>();
  private boolean usable = true;

  Worker(Process process, Wire wire, Forwarder output, Forwarder errors) {
    this.process = process;
    this.wire = wire;
    this.output = output;
    this.errors = errors;
    Thread reader = new Thread(this::read, "stet-link-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      while (true) {
        incoming.add(wire.receive());
      }
    } catch (IOException e) {
      // However a wire ends, nothing more comes from it.
      incoming.add(Frame.GONE);
    }
  }

  /** Whether it can take a request: it is alive, and nothing happened in it that may harm the next one. */
  boolean usable() {
    return usable && process.isAlive();
  }

  ForkEnd run(byte[] request, UnaryOperator<byte[]> begun, Limits limits)
      throws InterruptedException {
    try {
      errors.forget();
      return conversation(request, begun, limits);
    } catch (InterruptedException | RuntimeException | Error e) {
      kill();
      throw e;
    }
  }

  private ForkEnd conversation(byte[] request, UnaryOperator<byte[]> begun, Limits limits)
      throws InterruptedException {
    if (!sent(Kind.REQUEST, request)) {
      return died(false);
    }
    Frame frame = incoming.take();
    boolean hasBegun = frame.kind() == Kind.BEGIN;
    if (hasBegun) {
      frame = sent(Kind.REPLY, begun.apply(frame.content())) ? last(limits) : Frame.GONE;
    }
    if (frame == null) {
      return timedOut(limits.duration());
    }
    return frame.kind() == Kind.GONE ? died(hasBegun) : ended(frame);
  }

  private boolean sent(Kind kind, byte[] content) {
    try {
      wire.send(kind, content);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for the last frame of a request; null if it takes too long. On the way a wish to leave is passed on once. */
  private @Nullable Frame last(Limits limits) throws InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (true) {
      long left = limits.nanos() - (System.nanoTime() - start);
      Frame frame = incoming.poll(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
      if (frame != null || left <= LOOK_NANOS) {
        return frame;
      }
      if (!told && limits.leaving().getAsBoolean()) {
        told = true;
        sent(Kind.LEAVE, new byte[0]);
      }
    }
  }

  /** What bounds a request from outside: its time, and the wish that it end where it can be taken up again. */
  record Limits(Optional<Duration> longest, BooleanSupplier leaving) {
    Duration duration() {
      return longest.orElse(FOREVER);
    }

    /** A limit of more than a century is none. */
    long nanos() {
      return duration().compareTo(FOREVER) < 0 ? duration().toNanos() : FOREVER.toNanos();
    }
  }

  private ForkEnd ended(Frame frame) throws InterruptedException {
    byte[] content = contentOf(frame);
    return frame.kind() == Kind.ANSWER
        ? new ForkEnd.Answered(content)
        : new ForkEnd.Threw(
            CarriedThrowable.read(content, Thread.currentThread().getContextClassLoader()));
  }

  /** Waits until what the task printed is printed here. */
  private byte[] contentOf(Frame frame) throws InterruptedException {
    ByteBuffer head = ByteBuffer.wrap(frame.content());
    output.await(head.getLong(), PATIENCE_MILLIS);
    errors.await(head.getLong(), PATIENCE_MILLIS);
    usable &= head.get() == WorkerMain.FIT;
    return Arrays.copyOfRange(frame.content(), head.position(), frame.content().length);
  }

  private ForkEnd timedOut(Duration limit) throws InterruptedException {
    Optional<byte[]> answer = Optional.empty();
    if (sent(Kind.CANCEL, new byte[0])) {
      Frame last = incoming.poll(GRACE.toNanos(), TimeUnit.NANOSECONDS);
      if (last != null && last.kind() == Kind.ANSWER) {
        answer = Optional.of(contentOf(last));
      }
    }
    kill();
    return new ForkEnd.TimedOut(limit, answer);
  }

  private ForkEnd died(boolean begun) throws InterruptedException {
    // A crash may take its time to write its report.
    boolean exited = process.waitFor(PATIENCE_MILLIS * 4, TimeUnit.MILLISECONDS);
    String how = exited ? ending() : "it closed its connection and did not end";
    kill();
    return new ForkEnd.Died(begun, how);
  }

  private String ending() throws InterruptedException {
    errors.awaitEnd(PATIENCE_MILLIS / 5);
    output.awaitEnd(PATIENCE_MILLIS / 5);
    return Ending.of(process, errors.lastLines());
  }

  /** Ends it and the processes that it started. */
  void kill() {
    usable = false;
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
    try {
      wire.close();
    } catch (IOException e) {
      // It is to be gone, and is.
      usable = false;
    }
  }

  /** Waits for the JVM that was told to end: when a pool is closed nothing of it is left. */
  @Override
  public void close() {
    kill();
    process
        .onExit()
        .completeOnTimeout(process, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }
}
