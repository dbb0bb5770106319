package dev.stet.fork;

import dev.stet.fork.Wire.Frame;
import dev.stet.fork.Wire.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts one worker: a listening socket in a folder that only this user can enter, a JVM, a greeting, the task. */
final class WorkerStart {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WORD = 32;
  private static final int LONGEST_GREETING = 1024;

  private final JvmCommand command;
  private final byte[] setup;
  private final Duration patience;
  private final String word;
  private @Nullable Process process;
  private @Nullable Forwarder errors;

  // All below is guarded by this.
  private @Nullable Wire open;
  private boolean greeted;
  private boolean over;

  /** Whether it was given up while its JVM lived, which then may end because of that. */
  private boolean late;

  private WorkerStart(JvmCommand command, byte[] setup, Duration patience) {
    this.command = command;
    this.setup = setup;
    this.patience = patience;
    byte[] drawn = new byte[WORD / 2];
    new SecureRandom().nextBytes(drawn);
    this.word = HexFormat.of().formatHex(drawn);
  }

  /**
   * Starts a worker and waits until it has read its task.
   *
   * @throws ForkException if the JVM does not start, cannot read the task, or takes longer than a minute
   */
  static Worker of(JvmCommand command, byte[] setup) throws InterruptedException {
    return of(command, setup, PATIENCE);
  }

  static Worker of(JvmCommand command, byte[] setup, Duration patience)
      throws InterruptedException {
    WorkerStart start = new WorkerStart(command, setup, patience);
    boolean done = false;
    try {
      Worker worker = start.start();
      done = true;
      return worker;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException().initCause(e);
    } catch (IOException e) {
      throw start.failed(e);
    } finally {
      if (!done && start.process != null) {
        // Nothing of it is left when this returns, also where this thread was told to stop.
        start
            .process
            .destroyForcibly()
            .onExit()
            .completeOnTimeout(start.process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
      }
    }
  }

  private Worker start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("stet-");
    Path arguments = folder.resolve("arguments");
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server = listening(socket)) {
      Process started =
          command.start(arguments, WorkerMain.class, Wire.address(server.getLocalAddress()), word);
      process = started;
      Forwarder output = Forwarder.ofOutput(started);
      Forwarder lines = Forwarder.ofErrors(started);
      errors = lines;
      started.getOutputStream().close();
      CompletableFuture<Void> unused = started
          .onExit()
          .completeOnTimeout(started, patience.toMillis(), TimeUnit.MILLISECONDS)
          .thenRun(() -> giveUp(server, started));
      Wire wire = greeted(server);
      wire.send(Kind.SETUP, setup);
      requireReady(wire.receive());
      return new Worker(started, wire, output, lines);
    } finally {
      begin(null);
      // Connected, a worker needs neither any more; so nothing is left if this JVM is killed.
      Files.deleteIfExists(arguments);
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
    }
  }

  /** A Unix socket where there are such and the path is short enough for one; else a port that only this machine sees. */
  static ServerSocketChannel listening(Path socket) throws IOException {
    try {
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        return server.bind(UnixDomainSocketAddress.of(socket));
      } catch (IOException e) {
        server.close();
      }
    } catch (UnsupportedOperationException e) {
      // The other way is below.
      Files.deleteIfExists(socket);
    }
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Whoever waits for the other side, at whatever point, is told by what is closed here. */
  private synchronized void giveUp(ServerSocketChannel server, Process started) {
    Wire waiting = open;
    over = true;
    late = started.isAlive();
    try {
      server.close();
      if (waiting != null) {
        waiting.close();
      }
    } catch (IOException e) {
      // The channel that is waited for is closed all the same.
      return;
    }
  }

  /** From now on this wire is waited for; null for none any more. */
  private synchronized void begin(@Nullable Wire wire) throws IOException {
    open = wire;
    if (wire != null && over) {
      throw new IOException("it is too late");
    }
  }

  /** Another process of this machine may reach a port; it does not know the word. */
  private Wire greeted(ServerSocketChannel server) throws IOException {
    while (true) {
      SocketChannel channel = server.accept();
      Wire wire = new Wire(channel);
      try {
        begin(wire);
        Frame hello = wire.receive(LONGEST_GREETING);
        byte[] expected = word.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        if (hello.kind() == Kind.HELLO && MessageDigest.isEqual(hello.content(), expected)) {
          known();
          return wire;
        }
        wire.close();
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        wire.close();
      }
    }
  }

  private synchronized void known() {
    greeted = true;
  }

  private synchronized boolean isKnown() {
    return greeted;
  }

  private synchronized boolean isLate() {
    return late;
  }

  private static void requireReady(Frame frame) {
    if (frame.kind() == Kind.BROKEN) {
      Throwable cause = CarriedThrowable.read(frame.content(), ForkPool.class.getClassLoader());
      throw new ForkException(unreadable(cause), cause);
    }
  }

  private static String unreadable(Throwable cause) {
    String missing =
        cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError
            ? "class " + String.valueOf(cause.getMessage()).replace('/', '.')
                + " is not on the class path of the forked JVM, which is this program's java.class.path. A class that a"
                + " class loader of its own made or found cannot travel; put it on the class path, or run on threads."
            : "the forked JVM cannot read the task: " + cause;
    return missing;
  }

  private ForkException failed(IOException cause) throws InterruptedException {
    String start = "no JVM could be started for a fork with " + command.java() + ": ";
    Process begun = process;
    Forwarder lines = errors;
    if (begun == null || lines == null) {
      return new ForkException(
          start + cause.getMessage() + ". Check that this Java is still installed there.", cause);
    }
    if (isLate() || !begun.waitFor(1, TimeUnit.SECONDS)) {
      String limit = " within " + patience.toMillis() / 1000.0 + " s. ";
      return new ForkException(
          start
              + (isKnown()
                  ? "it did not read the task" + limit
                      + "Check that nothing waits when the values that the body captured are read, or when their classes"
                      + " are initialised."
                  : "it did not answer" + limit
                      + "Check that the machine has memory and processors left; fewer forks may help."),
          cause);
    }
    lines.awaitEnd(1_000);
    return new ForkException(start + Ending.of(begun, lines.lastLines()), cause);
  }
}
