package dev.stet.trace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SavedRecorderTest {
  private static final int STEPS = 12;

  /** A run in steps, each of which needs nothing but the streams and its number. */
  private static void step(Recorder recorder, int step) {
    RandomStream noise = step == 0 ? open(recorder, "noise") : found(recorder, "noise");
    AddressableStream jumps = (AddressableStream)
        (step == 0
            ? registered(recorder, "jumps", Seed.of(9).child("jumps").addressable())
            : found(recorder, "jumps"));
    if (step % 2 == 0) {
      open(recorder, "epoch " + step).nextGaussian();
    }
    for (int i = 0; i <= step; i++) {
      recorder.record("loss", noise.nextGaussian());
      recorder.record("rate", 1000L * step + 7L * i, jumps.nextDouble());
    }
    jumps.seek(31L * step);
    recorder.digest("weights", new double[] {step, noise.nextExponential()});
    Runnable work = () -> {
      recorder.record("elsewhere", step);
      recorder.record("shared", (long) step, step);
      recorder.digest("digested elsewhere", step + "");
      recorder.note("from elsewhere", step);
    };
    try {
      WORKERS.computeIfAbsent(recorder, r -> worker()).submit(work).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    if (step > 6) {
      recorder.record("shared", (long) step, 0.5);
    }
    recorder.note("took", Duration.ofMillis(step));
  }

  /** One thread a recorder, as each run has threads of its own. */
  @SuppressWarnings("IdentityHashMapUsage")
  private static final Map<Recorder, ExecutorService> WORKERS = new IdentityHashMap<>();

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    });
  }

  @AfterEach
  void endTheWorkers() {
    WORKERS.values().forEach(ExecutorService::shutdown);
    WORKERS.clear();
    OPEN.remove();
  }

  private static final ThreadLocal<Map<String, RandomStream>> OPEN =
      ThreadLocal.withInitial(HashMap::new);

  private static RandomStream open(Recorder recorder, String path) {
    return registered(recorder, path, Seed.of(9).child(path).stream());
  }

  private static RandomStream registered(Recorder recorder, String path, RandomStream stream) {
    recorder.stream(path, stream);
    OPEN.get().put(path, stream);
    return stream;
  }

  private static RandomStream found(Recorder recorder, String path) {
    RandomStream stream =
        recorder.waiting(path).orElseGet(() -> requireNonNull(OPEN.get().get(path)));
    OPEN.get().put(path, stream);
    return stream;
  }

  private static void elsewhere(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] saved(Recorder recorder) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      recorder.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Recorder restored(byte[] saved) throws IOException {
    Recorder recorder = Recorder.of();
    recorder.restore(new ByteArrayInputStream(saved));
    return recorder;
  }

  private static Trace whole() {
    Recorder recorder = Recorder.of();
    for (int step = 0; step < STEPS; step++) {
      step(recorder, step);
    }
    return recorder.end();
  }

  @Test
  void aRunSavedAndRestoredAnywhereEndsInTheSameBits() throws Exception {
    Trace whole = whole();
    for (int at = 0; at <= STEPS; at++) {
      Recorder recorder = Recorder.of();
      for (int step = 0; step < at; step++) {
        step(recorder, step);
      }
      byte[] saved = saved(recorder);
      // What the first one does after it was saved must not reach the second.
      for (int step = at; step < STEPS; step++) {
        step(recorder, step);
      }
      TraceFileTest.assertSame(recorder.end(), whole);
      Recorder second = restored(saved);
      assertThat(saved(second)).isEqualTo(saved);
      for (int step = at; step < STEPS; step++) {
        step(second, step);
      }
      TraceFileTest.assertSame(second.end(), whole);
    }
  }

  @Test
  void aRunRestoredBeforeEveryStepEndsInTheSameBits() throws Exception {
    byte[] saved = saved(Recorder.of());
    Recorder recorder = Recorder.of();
    for (int step = 0; step < STEPS; step++) {
      recorder = restored(saved);
      OPEN.get().clear();
      step(recorder, step);
      saved = saved(recorder);
    }
    TraceFileTest.assertSame(recorder.end(), whole());
  }

  @Test
  void aStreamWaitsOnceWhereItStood() throws Exception {
    Recorder recorder = Recorder.of();
    open(recorder, "noise").nextLong();
    RandomStream expected = Seed.of(9).child("noise").stream();
    expected.nextLong();
    Recorder second = restored(saved(recorder));
    assertThat(second.waiting("other")).isEmpty();
    Optional<RandomStream> stream = second.waiting("noise");
    assertThat(stream.orElseThrow().state()).isEqualTo(expected.state());
    assertThat(second.waiting("noise")).isEmpty();
    stream.get().nextLong();
    assertThat(second.end().draws()).containsEntry("noise", 2L);
  }

  /** Records without steps by one thread or two, saved in between by a recorder that goes on, and by one that resumes. */
  private static List<Trace> wholeAndResumed(Executor before, Executor after, Executor afterResume)
      throws IOException {
    Recorder recorder = Recorder.of();
    before.execute(() -> recorder.record("loss", 1));
    byte[] saved = saved(recorder);
    after.execute(() -> recorder.record("loss", 2));
    Recorder second = restored(saved);
    // Saved again before anybody writes.
    Recorder third = restored(saved(second));
    afterResume.execute(() -> third.record("loss", 2));
    return List.of(recorder.end(), third.end());
  }

  @Test
  void threadsThatEndBeforeTheSaveLeaveNoOrderEither() throws Exception {
    List<Trace> traces = wholeAndResumed(
        SavedRecorderTest::elsewhere, SavedRecorderTest::elsewhere, SavedRecorderTest::elsewhere);
    assertThat(traces.get(0).unordered()).containsExactly("loss");
    TraceFileTest.assertSame(traces.get(1), traces.get(0));
  }

  @Test
  void aThreadThatEndsBeforeTheSaveKeepsItsOrderIfNoOtherWrites() throws Exception {
    List<Trace> traces = wholeAndResumed(SavedRecorderTest::elsewhere, none -> {}, none -> {});
    assertThat(traces.get(0).unordered()).isEmpty();
    TraceFileTest.assertSame(traces.get(1), traces.get(0));
  }

  @Test
  void theThreadThatTakesUpTheWorkOfALiveOneKeepsItsOrder() throws Exception {
    try (Living one = new Living();
        Living another = new Living()) {
      List<Trace> traces = wholeAndResumed(one, one, another);
      assertThat(traces.get(0).unordered()).isEmpty();
      assertThat(traces.get(0).series("loss").steps()).containsExactly(0, 1);
      TraceFileTest.assertSame(traces.get(1), traces.get(0));
    }
  }

  @Test
  void twoThreadsAfterTheResumeLeaveNoOrder() throws Exception {
    try (Living one = new Living();
        Living another = new Living()) {
      Executor both = record -> {
        one.execute(record);
        another.execute(record);
      };
      List<Trace> traces = wholeAndResumed(one, both, both);
      assertThat(traces.get(0).unordered()).containsExactly("loss");
      TraceFileTest.assertSame(traces.get(1), traces.get(0));
    }
  }

  /** A thread that waits for more, used from one other thread at a time. */
  private static final class Living implements Executor, AutoCloseable {
    private final ExecutorService worker = worker();

    @Override
    public void execute(Runnable work) {
      try {
        worker.submit(work).get();
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      worker.shutdown();
    }
  }

  @Test
  void onlyAnUntouchedRecorderIsRestored() throws Exception {
    byte[] saved = saved(Recorder.of());
    Recorder recorder = Recorder.of();
    assertThat(recorder.isUntouched()).isTrue();
    recorder.note("touched", 1);
    assertThat(recorder.isUntouched()).isFalse();
    assertThatThrownBy(() -> recorder.restore(new ByteArrayInputStream(saved)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("only a recorder without records can be restored; restore before anything is"
            + " recorded or a stream is opened.");
  }

  @Test
  void onlyTheOwnThreadSavesAndRestores() {
    Recorder recorder = Recorder.of();
    elsewhere(() -> assertThatThrownBy(() -> saved(recorder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("only the thread that began the recording can save it"));
    recorder.end();
    assertThatThrownBy(() -> saved(recorder)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyCutAndEveryFlippedBitIsRefusedAndLeavesTheRecorderAsItWas() throws Exception {
    Recorder recorder = Recorder.of();
    step(recorder, 0);
    byte[] saved = saved(recorder);
    Recorder untouched = Recorder.of();
    for (int i = 0; i < saved.length; i++) {
      byte[] cut = Arrays.copyOf(saved, i);
      byte[] flipped = saved.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      assertThatThrownBy(() -> untouched.restore(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> untouched.restore(new ByteArrayInputStream(flipped)))
          .isInstanceOf(IOException.class);
    }
    untouched.restore(new ByteArrayInputStream(saved));
    TraceFileTest.assertSame(untouched.end(), recorder.end());
  }
}
