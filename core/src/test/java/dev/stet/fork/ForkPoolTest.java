package dev.stet.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real child JVMs, few of them: most tests share one pool and replace its worker only where they end it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForkPoolTest {
  private ForkPool pool;

  @BeforeAll
  void open() {
    pool = ForkPool.of(ForkPoolTest::work, JvmCommand.likeThisJvm().withOptions("-Xmx96m"));
  }

  @AfterAll
  void close() {
    pool.close();
    assertThat(ProcessHandle.current().children().filter(ForkPoolTest::isWorker))
        .isEmpty();
  }

  @AfterEach
  void noInterruptionIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private static boolean isWorker(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("stet-");
  }

  /** Runs in the worker. */
  static byte[] work(byte[] request, ForkHost host) throws Exception {
    String what = new String(request, UTF_8);
    if (what.equals("exit early")) {
      System.exit(5);
    }
    String pid = Long.toString(ProcessHandle.current().pid());
    String told = new String(host.begin(pid.getBytes(UTF_8)), UTF_8);
    String answer = switch (what) {
      case "pid" -> pid;
      case "told" -> told;
      case "where" ->
        Locale.getDefault() + " " + TimeZone.getDefault().getID() + " "
            + System.getProperty("fork.test");
      case "print" -> {
        System.out.println("on the output: \u00e9\u4e16");
        System.err.println("on the error output");
        yield "printed";
      }
      case "print a lot" -> {
        System.out.println("x".repeat(1 << 20));
        yield "printed";
      }
      case "throw" -> throw new IOException("disk on fire");
      case "throw what cannot travel" -> throw new Stubborn();
      case "overflow" -> Integer.toString(deeper(0));
      case "out of memory" -> Integer.toString(hoard().size());
      case "out of memory elsewhere" -> {
        Thread other = new Thread(() -> hoard());
        other.start();
        Thread.sleep(60_000);
        yield "";
      }
      case "exit" -> {
        System.err.println("about to leave");
        System.exit(42);
        yield "";
      }
      case "halt" -> {
        Runtime.getRuntime().halt(0);
        yield "";
      }
      case "hang" -> hang();
      case "sleep" -> {
        try {
          Thread.sleep(60_000);
          yield "slept";
        } catch (InterruptedException e) {
          yield "woken";
        }
      }
      case "hang with a child" -> {
        new ProcessBuilder("sleep", "600").start();
        yield hang();
      }
      case "until asked to leave" -> {
        while (!host.isLeaving()) {
          Thread.sleep(5);
        }
        yield "left when asked";
      }
      case "leave interrupted" -> {
        Thread.currentThread().interrupt();
        yield "left";
      }
      case "retire" -> {
        host.retire();
        yield pid;
      }
      default -> throw new IllegalArgumentException(what);
    };
    return answer.getBytes(UTF_8);
  }

  private static String hang() {
    long i = 0;
    while (i >= 0) {
      i = (i + 1) & 0xff;
    }
    return "";
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack is full
  private static int deeper(int depth) {
    return 1 + deeper(depth + 1);
  }

  @SuppressWarnings("ModifiedButNotUsed") // until the memory is full
  private static List<byte[]> hoard() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[1 << 20]);
    }
  }

  static final class Stubborn extends Exception {
    private static final long serialVersionUID = 1L;

    private final Object held = new Object();

    Stubborn() {
      super("holds what cannot travel");
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // as users do
    public String toString() {
      return "stubborn " + getMessage() + (held == null ? "!" : "");
    }
  }

  private ForkEnd run(String request) throws InterruptedException {
    return run(pool, request, Optional.empty());
  }

  private static ForkEnd run(ForkPool on, String request, Optional<Duration> limit)
      throws InterruptedException {
    return on.run(request.getBytes(UTF_8), message -> "noted".getBytes(UTF_8), limit, () -> false);
  }

  private String answer(String request) throws InterruptedException {
    return textOf(run(request));
  }

  private static String textOf(ForkEnd end) {
    assertThat(end).isInstanceOf(ForkEnd.Answered.class);
    return new String(((ForkEnd.Answered) end).answer(), UTF_8);
  }

  /** After whatever happened, the next request is answered. */
  private void assertGoesOn() throws InterruptedException {
    assertThat(answer("told")).isEqualTo("noted");
  }

  @Nested
  class ARequest {
    @Test
    void isAnsweredInAnotherJvmThatIsUsedAgain() throws Exception {
      String first = answer("pid");

      assertThat(first).isNotEqualTo(Long.toString(ProcessHandle.current().pid()));
      assertThat(answer("pid")).isEqualTo(first);
    }

    @Test
    void findsTheDefaultsAndPropertiesOfThisJvm() throws Exception {
      Locale locale = Locale.getDefault();
      TimeZone zone = TimeZone.getDefault();
      try {
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
        System.setProperty("fork.test", "set \"late\"");
        try (ForkPool fresh = ForkPool.of(ForkPoolTest::work)) {
          assertThat(textOf(run(fresh, "where", Optional.empty())))
              .isEqualTo("tr_TR Pacific/Chatham set \"late\"");
        }
      } finally {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
        System.clearProperty("fork.test");
      }
    }

    @Test
    void printsHereBeforeItIsAnswered() throws Exception {
      PrintStream out = System.out;
      PrintStream err = System.err;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      try {
        System.setOut(new PrintStream(printed, true, UTF_8));
        System.setErr(System.out);
        answer("print");
      } finally {
        System.setOut(out);
        System.setErr(err);
      }
      assertThat(printed.toString(UTF_8).lines())
          .containsExactlyInAnyOrder("on the output: \u00e9\u4e16", "on the error output");
    }

    @Test
    void isAnsweredWhateverTheOutputOfThisJvmDoes() throws Exception {
      PrintStream out = System.out;
      try {
        System.setOut(new PrintStream(out) {
          @Override
          public void print(String text) {
            throw new IllegalStateException("this output is closed");
          }
        });
        assertThat(answer("print a lot")).isEqualTo("printed");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        assertThat(answer("print")).isEqualTo("printed");
        assertThat(printed.toString(UTF_8))
            .isEqualTo("on the output: \u00e9\u4e16" + System.lineSeparator());
      } finally {
        System.setOut(out);
      }
    }

    @Test
    void leavesNoInterruptionToTheNext() throws Exception {
      answer("leave interrupted");

      assertThat(run(pool, "sleep", Optional.of(Duration.ofMillis(300))))
          .isInstanceOf(ForkEnd.TimedOut.class);
    }

    @Test
    void isToldOnceThatItShouldLeave() throws Exception {
      ForkEnd end = pool.run(
          "until asked to leave".getBytes(UTF_8), message -> message, Optional.empty(), () -> true);

      assertThat(textOf(end)).isEqualTo("left when asked");
      assertThat(run(pool, "until asked to leave", Optional.of(Duration.ofMillis(300))))
          .isInstanceOf(ForkEnd.TimedOut.class);
    }

    @Test
    void mayAskForAFreshJvmAfterIt() throws Exception {
      String retired = answer("retire");

      assertThat(answer("pid")).isNotEqualTo(retired);
    }
  }

  @Nested
  class WhatIsThrown {
    @Test
    void travelsItself() throws Exception {
      ForkEnd end = run("throw");

      assertThat(((ForkEnd.Threw) end).failure())
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("disk on fire");
    }

    @Test
    void travelsAsItsTextIfItCannot() throws Exception {
      Throwable failure = ((ForkEnd.Threw) run("throw what cannot travel")).failure();

      assertThat(failure)
          .isExactlyInstanceOf(ForeignException.class)
          .hasMessage("holds what cannot travel")
          .hasToString("stubborn holds what cannot travel");
      assertThat(((ForeignException) failure).foreignTrace())
          .startsWith("stubborn holds what cannot travel")
          .contains("at dev.stet.fork.ForkPoolTest.work(");
    }

    @Test
    void mayBeAStackOverflow() throws Exception {
      assertThat(((ForkEnd.Threw) run("overflow")).failure())
          .isInstanceOf(StackOverflowError.class);
      assertGoesOn();
    }

    @Test
    void mayBeOutOfMemoryAndThenTheJvmIsReplaced() throws Exception {
      String before = answer("pid");

      assertThat(((ForkEnd.Threw) run("out of memory")).failure())
          .isInstanceOf(OutOfMemoryError.class);
      assertThat(answer("pid")).isNotEqualTo(before);
    }
  }

  @Nested
  class TheEndOfAJvm {
    @Test
    void isSaidWithExitCodeAndLastWords() throws Exception {
      assertThat(run("exit")).isEqualTo(new ForkEnd.Died(true, """
              exit code 42 (as by System.exit(42) or Runtime.halt)
                last lines on the error output:
                  about to leave"""));
      assertGoesOn();
    }

    @Test
    void isNoticedWhenItHalts() throws Exception {
      assertThat(run("halt"))
          .isEqualTo(new ForkEnd.Died(true, "exit code 0 (as by System.exit(0) or Runtime.halt)"));
      assertGoesOn();
    }

    @Test
    void comesWhenAnotherThreadIsOutOfMemory() throws Exception {
      ForkEnd end = run("out of memory elsewhere");

      assertThat(((ForkEnd.Died) end).how())
          .startsWith("exit code 3 ")
          .contains("java.lang.OutOfMemoryError: Java heap space")
          .endsWith("  stet: the JVM of this trial is out of memory");
      assertGoesOn();
    }

    @Test
    void byAKillIsSaid() throws Exception {
      ForkEnd end = pool.run(
          "hang".getBytes(UTF_8),
          pid -> {
            killSoon(Long.parseLong(new String(pid, UTF_8)));
            return new byte[0];
          },
          Optional.empty(),
          () -> false);

      assertThat(end)
          .isEqualTo(
              new ForkEnd.Died(
                  true,
                  "exit code 137 (SIGKILL: killed from outside, as the system does when memory runs out)"));
      assertGoesOn();
    }

    private static void killSoon(long pid) {
      Thread killer = new Thread(() -> {
        try {
          Thread.sleep(100);
        } catch (InterruptedException e) {
          return;
        }
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      });
      killer.setDaemon(true);
      killer.start();
    }

    @Test
    void whileItIsIdleCostsNothing() throws Exception {
      long idle = Long.parseLong(answer("pid"));
      ProcessHandle process = ProcessHandle.of(idle).orElseThrow();
      process.destroyForcibly();
      process.onExit().get(10, TimeUnit.SECONDS);

      assertThat(answer("pid")).isNotEqualTo(Long.toString(idle));
    }

    @Test
    void beforeTheWorkBeginsIsTriedAgainAndThenSaid() throws Exception {
      assertThat(run("exit early"))
          .isEqualTo(new ForkEnd.Died(false, "exit code 5 (as by System.exit(5) or Runtime.halt)"));
      assertGoesOn();
    }
  }

  @Nested
  class ATimeLimit {
    @Test
    void interruptsAndTakesWhatIsAnsweredThen() throws Exception {
      ForkEnd.TimedOut end =
          (ForkEnd.TimedOut) run(pool, "sleep", Optional.of(Duration.ofMillis(200)));

      assertThat(end.limit()).isEqualTo(Duration.ofMillis(200));
      assertThat(end.answer())
          .hasValueSatisfying(answer -> assertThat(new String(answer, UTF_8)).isEqualTo("woken"));
      assertGoesOn();
    }

    @Test
    void killsWhatDoesNotHeedItAndWhatThatStarted() throws Exception {
      AtomicLong worker = new AtomicLong();
      ForkEnd end = pool.run(
          "hang with a child".getBytes(UTF_8),
          pid -> {
            worker.set(Long.parseLong(new String(pid, UTF_8)));
            return new byte[0];
          },
          Optional.of(Duration.ofMillis(300)),
          () -> false);

      assertThat(end).isEqualTo(new ForkEnd.TimedOut(Duration.ofMillis(300), Optional.empty()));
      assertThat(ProcessHandle.of(worker.get()).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(ProcessHandle.allProcesses()
              .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 600"))
              .filter(ProcessHandle::isAlive))
          .isEmpty();
      assertGoesOn();
    }
  }

  @Nested
  class WhoeverAsks {
    @Test
    void mayBeInterruptedAndTheWorkerIsKilled() throws Exception {
      AtomicLong worker = new AtomicLong();
      Thread asking = Thread.currentThread();

      assertThatThrownBy(() -> pool.run(
              "hang".getBytes(UTF_8),
              pid -> {
                worker.set(Long.parseLong(new String(pid, UTF_8)));
                asking.interrupt();
                return new byte[0];
              },
              Optional.empty(),
              () -> false))
          .isInstanceOf(InterruptedException.class);
      assertThat(ProcessHandle.of(worker.get()).filter(ProcessHandle::isAlive)).isEmpty();
      assertGoesOn();
    }

    @Test
    void mayRefuseTheBeginning() throws Exception {
      assertThatThrownBy(() -> pool.run(
              "told".getBytes(UTF_8),
              pid -> {
                throw new IllegalStateException("not now");
              },
              Optional.empty(),
              () -> false))
          .hasMessage("not now");
      assertGoesOn();
    }
  }

  @Nested
  class AStart {
    @Test
    void withoutJavaIsRefused(@TempDir Path folder) {
      Path java = folder.resolve("java");
      try (ForkPool none =
          ForkPool.of(ForkPoolTest::work, JvmCommand.likeThisJvm().withJava(java))) {
        assertThatThrownBy(() -> run(none, "pid", Optional.empty()))
            .isInstanceOf(ForkException.class)
            .hasMessageStartingWith("no JVM could be started for a fork with " + java + ": ")
            .hasMessageEndingWith("Check that this Java is still installed there.");
      }
    }

    @Test
    void withAnOptionThatJavaRefusesSaysWhatItSaid() {
      try (ForkPool none = ForkPool.of(
          ForkPoolTest::work, JvmCommand.likeThisJvm().withOptions("-XX:+NoSuchOption"))) {
        assertThatThrownBy(() -> run(none, "pid", Optional.empty()))
            .isInstanceOf(ForkException.class)
            .hasMessageContaining(": exit code 1 ")
            .hasMessageContaining("Unrecognized VM option 'NoSuchOption'");
      }
    }

    @Test
    void thatNeverReadsItsTaskIsGivenUp() throws Exception {
      ByteArrayOutputStream setup = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(setup)) {
        out.writeObject(Surroundings.ofThisJvm());
        out.writeObject(new NeverRead());
      }
      assertThatThrownBy(() ->
              WorkerStart.of(JvmCommand.likeThisJvm(), setup.toByteArray(), Duration.ofSeconds(6)))
          .isInstanceOf(ForkException.class)
          .hasMessageContaining("it did not read the task within 6.0 s. Check that nothing waits");
      assertThat(ProcessHandle.current()
              .children()
              .filter(child -> child.info().commandLine().orElse("").contains("stet-"))
              .filter(ProcessHandle::isAlive)
              .count())
          .isLessThan(2);
    }

    @Test
    void thatNeverAnswersIsGivenUp() {
      assertThatThrownBy(
              () -> WorkerStart.of(JvmCommand.likeThisJvm(), new byte[0], Duration.ofMillis(1)))
          .isInstanceOf(ForkException.class)
          .hasMessageContaining("it did not answer within 0.001 s. Check that the machine");
    }

    @Test
    void withoutTheClassOfTheTaskNamesIt() {
      String classPath =
          System.getProperty("java.class.path").replaceAll("[^:]*test-classes/?", "");
      try (ForkPool none =
          ForkPool.of(ForkPoolTest::work, JvmCommand.likeThisJvm().withClassPath(classPath))) {
        assertThatThrownBy(() -> run(none, "pid", Optional.empty()))
            .isInstanceOf(ForkException.class)
            .hasMessageStartingWith(
                "class dev.stet.fork.ForkPoolTest$AStart is not on the class path of the forked JVM");
      }
    }

    @Test
    void ofATaskThatCannotTravelIsRefused() {
      Object anchor = new Object();

      assertThatThrownBy(() -> ForkPool.of((request, host) -> anchor.toString().getBytes(UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("java.lang.Object");
    }
  }

  /** Its parent waits for the worker that waits in reading this. */
  static final class NeverRead implements ForkTask {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] run(byte[] request, ForkHost host) {
      return request;
    }

    private void readObject(ObjectInputStream in) throws InterruptedException {
      Thread.sleep(600_000);
    }
  }

  @Nested
  @DisabledOnOs(OS.WINDOWS)
  class TheWay {
    @Test
    void isAPortWhereThePathIsTooLongForASocket(@TempDir Path folder) throws Exception {
      try (ServerSocketChannel near =
              WorkerStart.listening(Files.createTempDirectory("s").resolve("s"));
          ServerSocketChannel far = WorkerStart.listening(folder.resolve("x".repeat(120)))) {
        assertThat(near.getLocalAddress()).isInstanceOf(UnixDomainSocketAddress.class);
        assertThat(far.getLocalAddress())
            .isInstanceOfSatisfying(
                InetSocketAddress.class,
                address -> assertThat(address.getAddress().isLoopbackAddress()).isTrue());
        assertThat(Wire.address(far.getLocalAddress())).startsWith("port:");
      }
    }

    /** Runs one request in a worker of its own and says what it answers. */
    static final class Asking {
      private Asking() {}

      public static void main(String[] arguments) throws Exception {
        try (ForkPool forks = ForkPool.of(ForkPoolTest::work)) {
          ForkEnd end = forks.run(
              "told".getBytes(UTF_8),
              pid -> "by port".getBytes(UTF_8),
              Optional.empty(),
              () -> false);
          System.out.println(new String(((ForkEnd.Answered) end).answer(), UTF_8));
        }
      }
    }

    @Test
    void byAPortServesAsWell(@TempDir Path folder) throws Exception {
      Path far = Files.createDirectories(folder.resolve("x".repeat(120)));
      Process parent = JvmCommand.likeThisJvm()
          .withOptions("-Djava.io.tmpdir=" + far)
          .start(folder.resolve("args"), Asking.class);
      try {
        assertThat(new String(parent.getInputStream().readAllBytes(), UTF_8).strip())
            .isEqualTo("by port");
        assertThat(parent.waitFor()).isZero();
        try (Stream<Path> left = Files.list(far)) {
          assertThat(left).isEmpty();
        }
      } finally {
        parent.destroyForcibly();
      }
    }

    @Test
    void aWorkerDoesNotHearCtrlC() throws Exception {
      String before = answer("pid");
      ForkEnd end = pool.run(
          "told".getBytes(UTF_8),
          pid -> {
            try {
              new ProcessBuilder("kill", "-INT", new String(pid, UTF_8)).start().waitFor();
              Thread.sleep(500);
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return "still here".getBytes(UTF_8);
          },
          Optional.empty(),
          () -> false);
      assertThat(new String(((ForkEnd.Answered) end).answer(), UTF_8)).isEqualTo("still here");
      assertThat(answer("pid")).isEqualTo(before);
    }
  }

  @Nested
  class TheParent {
    /** Starts a worker that hangs and a process of its own there, says who they are, and waits to be killed. */
    static final class Parent {
      private Parent() {}

      public static void main(String[] arguments) throws Exception {
        try (ForkPool forks = ForkPool.of(ForkPoolTest::work)) {
          forks.run(
              "hang with a child".getBytes(UTF_8),
              pid -> {
                System.out.println(new String(pid, UTF_8));
                return new byte[0];
              },
              Optional.empty(),
              () -> false);
        }
      }
    }

    @Test
    void takesItsWorkersAlongWhenItIsKilled(@TempDir Path folder) throws Exception {
      Process parent = JvmCommand.likeThisJvm().start(folder.resolve("args"), Parent.class);
      try {
        String line = new java.io.BufferedReader(
                new java.io.InputStreamReader(parent.getInputStream(), UTF_8))
            .readLine();
        ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
        while (worker.children().findAny().isEmpty()) {
          Thread.sleep(10);
        }
        ProcessHandle child = worker.children().findAny().orElseThrow();
        parent.destroyForcibly();

        worker.onExit().get(10, TimeUnit.SECONDS);
        child.onExit().get(10, TimeUnit.SECONDS);
        assertThat(worker.isAlive()).isFalse();
        assertThat(child.isAlive()).isFalse();
      } finally {
        parent.destroyForcibly();
      }
    }
  }
}
