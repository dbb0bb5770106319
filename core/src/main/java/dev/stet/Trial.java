package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.ledger.Checkpoint;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One experiment, one config, one seed: the handle a training loop is given.
 *
 * <p>It gives the loop its randomness ({@link #random}), its declared data ({@link #data}), and takes what the loop has
 * to show: {@link #record(String, double) record} and {@link #digest(String, double[]) digest} are compared bit for bit
 * on a rerun, {@link #note(String, String) note} is kept and not compared. Any double is data, NaN and infinities too;
 * recording never throws for a value.
 *
 * <p><b>Order.</b> What the trial's own thread records has one order. What other threads record is compared by metric
 * and step, so a series that several threads write needs {@linkplain #record(String, long, double) explicit steps};
 * without them a rerun says <i>unordered</i>.
 *
 * <p><b>Interruption.</b> A trial that saves its state by {@link #checkpoint} and begins with {@link #restore} can be
 * killed anywhere and {@linkplain Experiment#resume resumed}; it then ends in the bits of one that was not.
 *
 * <p><b>Threads.</b> Every method but those two may be called from any thread while the body runs. Once the body has returned, a
 * thread it left behind gets an {@link IllegalStateException} from every recording method and nothing is changed. The
 * streams given out are not thread-safe: open one for each thread, or better for each piece of work.
 *
 * @since 0.1
 */
public final class Trial {
  private final Seed seed;
  private final Map<String, Path> data;
  private final Recorder recorder;
  private final Map<String, Optional<StackWalker.StackFrame>> opened = new ConcurrentHashMap<>();
  private final Keeping keeping;
  private final Thread own = Thread.currentThread();
  private boolean restored;

  Trial(Seed seed, Map<String, Path> data, Recorder recorder, Keeping keeping) {
    this.seed = seed;
    this.data = data;
    this.recorder = recorder;
    this.keeping = keeping;
  }

  /**
   * Returns the seed of this trial. {@code trial.seed().child(i)} gives millions of streams that the trial does not
   * track; {@code trial.seed().child("library").toLong()} is a number for a library that takes only a number.
   *
   * @return the seed
   */
  public Seed seed() {
    return seed;
  }

  /**
   * Opens the named random stream of this trial. It depends on the seed, the name and the index alone: not on the order
   * in which streams are opened, nor on the thread. The trial tracks how many numbers it has drawn, and a divergence
   * says which stream had drawn a different count.
   *
   * @param name what the stream is for, such as {@code "weights"}; not empty
   * @param index which one of that name, such as an epoch and an item; none for the only one
   * @return the stream, at its beginning; the same numbers as {@code seed().child(name).child(index)....stream()}. If
   *     {@link #restore} brought it back, where it stood at the checkpoint
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if this run has opened the same path before; the message tells where
   */
  public RandomStream random(String name, long... index) {
    String path = open(name, index);
    RandomStream waiting = recorder.waiting(path).orElse(null);
    if (waiting instanceof AddressableStream) {
      throw anotherKind(path, "addressable");
    }
    if (waiting != null) {
      return waiting;
    }
    RandomStream stream = child(name, index).stream();
    recorder.stream(path, stream);
    return stream;
  }

  /**
   * Opens a named stream whose every position can be reached at once (Philox4x64-10); slower to draw from than
   * {@link #random}, and otherwise the same rules.
   *
   * @param name what the stream is for; not empty
   * @param index which one of that name; none for the only one
   * @return the stream, at its beginning, or where it stood at the checkpoint that {@link #restore} brought back
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if this run has opened the same path before; the message tells where
   */
  public AddressableStream addressable(String name, long... index) {
    String path = open(name, index);
    RandomStream waiting = recorder.waiting(path).orElse(null);
    if (waiting instanceof AddressableStream addressable) {
      return addressable;
    }
    if (waiting != null) {
      throw anotherKind(path, "random");
    }
    AddressableStream stream = child(name, index).addressable();
    recorder.stream(path, stream);
    return stream;
  }

  private static IllegalStateException anotherKind(String path, String before) {
    return new IllegalStateException("stream " + path + " was opened by trial." + before
        + " before the checkpoint that this run goes on from; open it in the same way.");
  }

  private Seed child(String name, long... index) {
    Seed child = seed.child(name);
    for (long i : index) {
      child = child.child(i);
    }
    return child;
  }

  private String open(String name, long... index) {
    requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "a stream's name must not be empty; name what the stream is for, such as trial.random(\"weights\").");
    }
    String path = StreamPath.of(name, index);
    Optional<StackWalker.StackFrame> first = opened.putIfAbsent(path, CallSite.of(Trial.class));
    if (first != null) {
      throw new IllegalStateException(
          "stream " + path + " was opened before in this run, at " + CallSite.text(first)
              + "; two loops drawing the same numbers is rarely meant. Keep the first stream and pass it on, or open"
              + " another with an index, such as trial.random(\"" + name + "\", epoch).");
    }
    return path;
  }

  /**
   * Returns where the data declared under this name lies. Its content was hashed before the run.
   *
   * @param name a name given to {@link Experiment#data(String, Path)}
   * @return the path as it was declared
   * @throws IllegalArgumentException if the experiment declares no such data; the message lists what it declares
   */
  public Path data(String name) {
    Path path = data.get(requireNonNull(name, "name"));
    if (path == null) {
      throw new IllegalArgumentException("no data is declared as \"" + name + "\"; declared: "
          + (data.isEmpty() ? "none" : String.join(", ", data.keySet()))
          + ". Declare it with experiment.data(\"" + name
          + "\", path).");
    }
    return path;
  }

  /**
   * Saves everything a later process needs to go on from here: the state that is given, everything recorded so far, and
   * where each stream of the trial stands. It is on the disk when this returns; the last two are kept.
   *
   * <p>A body that saves its state begins by asking for it:
   *
   * <pre>{@code
   * Model model = trial.restore(Model.class).orElseGet(() -> Model.fresh(trial.random("weights")));
   * RandomStream shuffle = trial.random("shuffle");
   * while (model.epoch() < config.epochs()) {
   *   trial.record("loss", model.train(shuffle));
   *   trial.checkpoint(model.epoch(), model);
   * }
   * }</pre>
   *
   * <p>Bytes are kept as they are; what implements {@link java.io.Serializable} is written by Java, and anything else
   * from its fields as JSON, if it comes back the same. Streams that the trial does not track, such as those of
   * {@code trial.seed().child(i)}, are the state's business, and so are other threads: let them stand still meanwhile.
   *
   * <p>A trial that is not on record in a ledger has nowhere to save: nothing is kept, and a state that could not be is
   * refused all the same, so that it is found out before a night hangs on it.
   *
   * @param step where the trial stands, for people to read and for {@link #restoredStep()}: an epoch, an iteration
   * @param state what the loop needs beside streams and records; bytes, serialisable, or plain values
   * @throws IllegalArgumentException if the state cannot be written, and the message names the field; or if it takes
   *     more than 2 GB. The last checkpoint stays
   * @throws IllegalStateException if another thread than the trial's own calls it
   * @throws dev.stet.ledger.LedgerException if the disk refuses. The last checkpoint stays
   */
  public void checkpoint(long step, Object state) {
    requireNonNull(state, "state");
    requireOwnThread("checkpoint");
    Checkpoint.Content content = TrialState.content(state);
    keeping
        .directory()
        .ifPresentOrElse(
            directory -> Checkpoint.write(
                directory, keeping.recipe(), step, TrialState.form(state), content, recorder),
            () -> Checkpoint.check(step, content));
    if (keeping.directory().isPresent() && keeping.leaving().getAsBoolean()) {
      throw new LeftAtCheckpoint(step);
    }
  }

  /**
   * Returns the state that this trial goes on from, if it was interrupted before and is now resumed. With it come back
   * the records until then, and the streams: each is where it stood when the body opens it again.
   *
   * <p>A body that never asks runs from its beginning, which takes longer and gives the same bits.
   *
   * @param <S> the type of the state
   * @param type the class of what was given to {@link #checkpoint}, such as {@code byte[].class}
   * @return the state; empty in a trial that begins
   * @throws IllegalStateException if the trial has opened a stream or recorded something before, since that would now
   *     happen twice; if it has asked before; if another thread asks; or if the state does not come back as this class.
   *     All but the last are said in a trial that begins too
   */
  public <S> Optional<S> restore(Class<S> type) {
    requireNonNull(type, "type");
    requireOwnThread("restore");
    if (restored || !opened.isEmpty() || !recorder.isUntouched()) {
      throw new IllegalStateException("trial.restore must come first in the body, and once: "
          + (restored
              ? "it was called before."
              : "the trial has opened streams or recorded before, which a resumed trial would do a second time.")
          + " Let the body begin with it, and make what is missing from its empty answer.");
    }
    restored = true;
    return keeping.from().map(checkpoint -> restored(checkpoint, type));
  }

  private <S> S restored(Checkpoint checkpoint, Class<S> type) {
    try {
      S state = TrialState.read(checkpoint, type);
      checkpoint.restore(recorder);
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the " + checkpoint + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the step that this trial goes on from.
   *
   * @return the step given to {@link #checkpoint} when what {@link #restore} brought back was saved; empty in a trial
   *     that begins, and before restore
   */
  public OptionalLong restoredStep() {
    return restored && keeping.from().isPresent()
        ? OptionalLong.of(keeping.from().get().step())
        : OptionalLong.empty();
  }

  private void requireOwnThread(String what) {
    if (Thread.currentThread() != own) {
      throw new IllegalStateException("only the trial's own thread, \"" + own.getName()
          + "\", can call trial." + what + "; got \"" + Thread.currentThread().getName()
          + "\". Wait for the other threads in the body and call it there.");
    }
  }

  /**
   * Records the next value of a metric: its step is one more than the last, from 0.
   *
   * @param metric the metric's name, not empty
   * @param value any double
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void record(String metric, double value) {
    recorder.record(metric, value);
  }

  /**
   * Records the value of a metric at a step.
   *
   * @param metric the metric's name, not empty
   * @param step any number: an epoch, an iteration, a count of samples
   * @param value any double
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void record(String metric, long step, double value) {
    recorder.record(metric, step, value);
  }

  /**
   * Records the digest of an array's bits; on a rerun it is compared like a value.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, double[] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of a matrix's bits, its shape included.
   *
   * @param name what was digested, not empty
   * @param values the rows, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, double[][] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of an array's bits.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, float[] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of an array.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, long[] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of an array.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, int[] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of bytes, such as a serialised model.
   *
   * @param name what was digested, not empty
   * @param values the bytes, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, byte[] values) {
    recorder.digest(name, values);
  }

  /**
   * Records the digest of a text, such as a sequence of predicted labels.
   *
   * @param name what was digested, not empty
   * @param text the text
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void digest(String name, String text) {
    recorder.digest(name, text);
  }

  /**
   * Keeps a number that is not compared on a rerun, such as a memory size.
   *
   * @param name what it is, not empty
   * @param value any double
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void note(String name, double value) {
    recorder.note(name, value);
  }

  /**
   * Keeps a text that is not compared on a rerun.
   *
   * @param name what it is, not empty
   * @param value any text
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void note(String name, String value) {
    recorder.note(name, value);
  }

  /**
   * Keeps a duration that is not compared on a rerun.
   *
   * @param name what took that long, not empty
   * @param value any duration
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the run has ended
   */
  public void note(String name, Duration value) {
    recorder.note(name, value);
  }
}
