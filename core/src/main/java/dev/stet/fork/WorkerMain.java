package dev.stet.fork;

import dev.stet.fork.Wire.Frame;
import dev.stet.fork.Wire.Kind;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker: takes a task, answers requests, ends when whoever started it is gone.
 *
 * <p>The main thread writes to the wire, another reads from it, and each request runs on a thread of its own: whoever
 * interrupts that thread interrupts no writing, and nothing in it is left to the next request.
 */
final class WorkerMain {
  /** As a JVM exits that was told to exit when it is out of memory. */
  private static final int OUT_OF_MEMORY = 3;

  /** What a worker says of itself after a request: it can take another, or had better not. */
  static final byte FIT = 1;

  private static final byte UNFIT = 0;

  /** Given back when memory is out, so that this can still be said. */
  @SuppressWarnings("UnusedVariable") // what matters is that it is there
  private static byte @Nullable [] reserve = new byte[1 << 20];

  private final Wire wire;
  private final CountedOutput output;
  private final CountedOutput errors;
  private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
  private final SynchronousQueue<byte[]> replies = new SynchronousQueue<>();
  private volatile boolean leaving;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

  private WorkerMain(Wire wire, CountedOutput output, CountedOutput errors) {
    this.wire = wire;
    this.output = output;
    this.errors = errors;
  }

  /**
   * Works for whoever listens at an address.
   *
   * @param arguments the address and the word by which the listener knows us
   * @throws IOException if nobody listens
   */
  public static void main(String[] arguments) throws Exception {
    ignoreInterruptSignal();
    Wire wire = Wire.to(arguments[0]);
    wire.send(Kind.HELLO, arguments[1].getBytes(StandardCharsets.US_ASCII));
    CountedOutput output = new CountedOutput(FileDescriptor.out);
    CountedOutput errors = new CountedOutput(FileDescriptor.err);
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    Thread.setDefaultUncaughtExceptionHandler(WorkerMain::uncaught);
    new WorkerMain(wire, output, errors).work();
  }

  /** Ctrl-C on a terminal reaches every process; what it means to a study is decided where the study is. */
  private static void ignoreInterruptSignal() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object nothing = Proxy.newProxyInstance(
          handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, values) -> null);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), nothing);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A Java without that module cannot ignore it: the worker then ends at Ctrl-C, as any program
      // does.
      return;
    }
  }

  private static void uncaught(Thread thread, Throwable failure) {
    System.err.println("Exception in thread \"" + thread.getName() + "\" "
        + com.google.common.base.Throwables.getStackTraceAsString(failure));
    if (CarriedThrowable.isOutOfMemory(failure)) {
      exitOutOfMemory();
    }
  }

  /** A thread that died of it leaves others waiting for it: better an end that says why. */
  private static void exitOutOfMemory() {
    reserve = null;
    System.err.println("stet: the JVM of this trial is out of memory");
    Runtime.getRuntime().halt(OUT_OF_MEMORY);
  }

  private void work() throws Exception {
    byte[] setup = wire.receive().content();
    ForkTask task;
    try {
      task = task(setup);
    } catch (Exception | LinkageError | StackOverflowError e) {
      wire.send(Kind.BROKEN, CarriedThrowable.write(e));
      return;
    }
    Thread reader = new Thread(() -> read(task), "stet-link");
    reader.setDaemon(true);
    reader.start();
    wire.send(Kind.READY, new byte[0]);
    while (true) {
      Frame frame = outgoing.take();
      wire.send(frame.kind(), frame.content());
    }
  }

  private static ForkTask task(byte[] setup) throws IOException, ClassNotFoundException {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    try (ObjectInputStream in = LoadedObjects.of(new ByteArrayInputStream(setup), loader)) {
      ((Surroundings) in.readObject()).takeOver();
      return (ForkTask) in.readObject();
    }
  }

  private void read(ForkTask task) {
    try {
      while (true) {
        Frame frame = wire.receive();
        switch (frame.kind()) {
          case REQUEST -> start(task, frame.content());
          case REPLY -> replies.put(frame.content());
          case CANCEL -> interruptTask();
          case LEAVE -> leaving = true;
          default -> throw new IOException("unexpected " + frame.kind());
        }
      }
    } catch (IOException | InterruptedException e) {
      // Nobody is there to work for, nor to tell.
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(0);
    }
  }

  private void start(ForkTask task, byte[] request) {
    leaving = false;
    Thread thread = new Thread(() -> answer(task, request), "stet-trial");
    running.set(thread);
    thread.start();
  }

  private void interruptTask() {
    Thread thread = running.get();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void answer(ForkTask task, byte[] request) {
    Frame end;
    Host host = new Host();
    try {
      byte[] answer = task.run(request, host);
      end = new Frame(Kind.ANSWER, withOutput(answer, host.fit));
    } catch (Throwable failure) {
      end = threw(failure, host.fit);
    }
    running.set(null);
    outgoing.add(end);
  }

  private Frame threw(Throwable failure, byte fit) {
    try {
      boolean out = CarriedThrowable.isOutOfMemory(failure);
      if (out) {
        reserve = null;
      }
      return new Frame(Kind.THREW, withOutput(CarriedThrowable.write(failure), out ? UNFIT : fit));
    } catch (OutOfMemoryError e) {
      exitOutOfMemory();
      throw e;
    }
  }

  /** How much was printed so far goes ahead of the answer, so that the other side knows when all of it is there. */
  private byte[] withOutput(byte[] content, byte fit) {
    System.out.flush();
    System.err.flush();
    return ByteBuffer.allocate(2 * Long.BYTES + 1 + content.length)
        .putLong(output.bytes())
        .putLong(errors.bytes())
        .put(fit)
        .put(content)
        .array();
  }

  /** The way back from one request. */
  private final class Host implements ForkHost {
    private volatile byte fit = FIT;

    @Override
    public byte[] begin(byte[] message) {
      outgoing.add(new Frame(Kind.BEGIN, message));
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return replies.take();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public boolean isLeaving() {
      return leaving;
    }

    @Override
    public void retire() {
      fit = UNFIT;
    }
  }

  /** The process's own output, with a count of what went through. */
  private static final class CountedOutput extends FileOutputStream {
    private long bytes;

    CountedOutput(FileDescriptor descriptor) {
      super(descriptor);
    }

    @Override
    public synchronized void write(int b) throws IOException {
      super.write(b);
      bytes++;
    }

    @Override
    public void write(byte[] content) throws IOException {
      write(content, 0, content.length);
    }

    @Override
    public synchronized void write(byte[] content, int offset, int length) throws IOException {
      super.write(content, offset, length);
      bytes += length;
    }

    synchronized long bytes() {
      return bytes;
    }
  }
}
