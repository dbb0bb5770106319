package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * <p><b>Threads.</b> Every method may be called from any thread while the body runs. Once the body has returned, a
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

  Trial(Seed seed, Map<String, Path> data, Recorder recorder) {
    this.seed = seed;
    this.data = data;
    this.recorder = recorder;
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
   * @return the stream, at its beginning; the same numbers as {@code seed().child(name).child(index)....stream()}
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if this run has opened the same path before; the message tells where
   */
  public RandomStream random(String name, long... index) {
    String path = open(name, index);
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
   * @return the stream, at its beginning
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if this run has opened the same path before; the message tells where
   */
  public AddressableStream addressable(String name, long... index) {
    String path = open(name, index);
    AddressableStream stream = child(name, index).addressable();
    recorder.stream(path, stream);
    return stream;
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
