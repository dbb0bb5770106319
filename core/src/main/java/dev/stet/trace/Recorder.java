package dev.stet.trace;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one run while it goes on, and ends in a {@link Trace}.
 *
 * <p>The thread that creates a recorder is the run's own: its records have one order, and recording on it takes no lock
 * and allocates only when a chunk of records is full. A record takes 24 bytes, and 8 more for each of the up to four
 * streams registered last on that thread, whose draw counts explain a divergence later.
 *
 * <p>Other threads may record at any time until {@link #end()}; theirs are kept by name and step.
 *
 * @since 0.1
 */
public final class Recorder {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final Thread owner = Thread.currentThread();
  private OwnLog own = new OwnLog();
  private final int limit;
  private boolean ended;
  private @Nullable Trace trace;

  private final Object lock = new Object();
  private final SortedMap<Channel, OtherRecords> others = new TreeMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final SortedMap<String, RandomStream> streams = new TreeMap<>();
  private final Map<String, RandomStream> waiting = new HashMap<>();

  private Recorder(int limit) {
    this.limit = limit;
  }

  /**
   * Begins recording; the calling thread is the run's own.
   *
   * @return a recorder without records
   */
  public static Recorder of() {
    return new Recorder(NO_LIMIT);
  }

  /**
   * Begins recording the first records of a run: once its own thread has recorded that many, the call that makes
   * the count full throws {@link PrefixReached}. A body that swallows it goes on, and what it records then is left out.
   *
   * @param records how many, at least 1
   * @return a recorder without records
   * @throws IllegalArgumentException if the count is not positive
   */
  public static Recorder stopAfter(int records) {
    if (records < 1) {
      throw new IllegalArgumentException(
          "records must be at least 1; got " + records + ". Say after how many to stop.");
    }
    return new Recorder(records);
  }

  /**
   * Records the next value of a metric: its step is one more than its last, from 0.
   *
   * @param metric the metric's name, not empty
   * @param value any double; its raw bits are kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void record(String metric, double value) {
    if (Thread.currentThread() == owner && !ended) {
      own.metric(metric, value);
      stopAtLimit();
    } else {
      recordFromElsewhere(Channel.metric(metric), null, Double.doubleToRawLongBits(value), "");
    }
  }

  /**
   * Records the value of a metric at a step.
   *
   * @param metric the metric's name, not empty
   * @param step any number
   * @param value any double; its raw bits are kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void record(String metric, long step, double value) {
    if (Thread.currentThread() == owner && !ended) {
      own.metric(metric, step, value);
      stopAtLimit();
    } else {
      recordFromElsewhere(Channel.metric(metric), step, Double.doubleToRawLongBits(value), "");
    }
  }

  /**
   * Records the digest of an array's raw bits.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, double[] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of a matrix's raw bits and its shape.
   *
   * @param name what was digested, not empty
   * @param values the rows, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, double[][] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of an array's raw bits.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, float[] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of an array.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, long[] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of an array.
   *
   * @param name what was digested, not empty
   * @param values the array, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, int[] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of bytes.
   *
   * @param name what was digested, not empty
   * @param values the bytes, read now and not kept
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, byte[] values) {
    digested(Channel.digest(name), ArrayDigest.of(values));
  }

  /**
   * Records the digest of a text.
   *
   * @param name what was digested, not empty
   * @param text the text
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void digest(String name, String text) {
    digested(Channel.digest(name), ArrayDigest.of(text));
  }

  private void digested(Channel channel, byte[] digest) {
    if (Thread.currentThread() == owner && !ended) {
      own.digest(channel.name(), digest);
      stopAtLimit();
    } else {
      recordFromElsewhere(channel, null, 0, ArrayDigest.hex(digest));
    }
  }

  private void stopAtLimit() {
    if (own.size() == limit) {
      throw new PrefixReached(limit);
    }
  }

  private void recordFromElsewhere(Channel channel, @Nullable Long step, long bits, String digest) {
    synchronized (lock) {
      requireGoingOn();
      OtherRecords records = others.computeIfAbsent(channel, c -> new OtherRecords());
      if (step == null) {
        records.add(bits, digest);
      } else {
        records.add(step, bits, digest);
      }
    }
  }

  private void requireGoingOn() {
    if (ended) {
      throw new IllegalStateException(
          "the run has ended, and thread \"" + Thread.currentThread().getName()
              + "\" still records; nothing was changed. Let the body wait for its threads before it returns.");
    }
  }

  /**
   * Keeps a number that is not compared.
   *
   * @param name what it is, not empty
   * @param value any double
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void note(String name, double value) {
    keep(name, value);
  }

  /**
   * Keeps a text that is not compared.
   *
   * @param name what it is, not empty
   * @param value any text
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void note(String name, String value) {
    keep(name, value);
  }

  /**
   * Keeps a duration that is not compared.
   *
   * @param name what took that long, not empty
   * @param value any duration
   * @throws IllegalArgumentException if the name is empty
   * @throws IllegalStateException if the recording has ended
   */
  public void note(String name, Duration value) {
    keep(name, value);
  }

  private void keep(String name, Object value) {
    Note note = new Note(Channel.name(name), value);
    synchronized (lock) {
      requireGoingOn();
      notes.add(note);
    }
  }

  /**
   * Registers a stream: the trace holds how many numbers it had drawn in the end, and the records of the run's own
   * thread hold the counts of the four streams that it registered last.
   *
   * @param path the stream's path, a text that no other stream of the run has
   * @param stream the stream
   * @throws IllegalStateException if the recording has ended
   */
  public void stream(String path, RandomStream stream) {
    requireNonNull(path, "path");
    requireNonNull(stream, "stream");
    synchronized (lock) {
      requireGoingOn();
      streams.put(path, stream);
    }
    if (Thread.currentThread() == owner) {
      own.watch(path, stream);
    }
  }

  /**
   * Writes everything recorded so far and where every stream stands, so that {@link #restore} of another recorder can go
   * on from here. Streams that other threads draw from at this moment are saved at some place of that thread's.
   *
   * @param out where to; flushed and left open
   * @throws IOException if the stream fails
   * @throws IllegalStateException if another thread than the run's own calls it, or the recording has ended
   */
  public void save(OutputStream out) throws IOException {
    requireOwner("save");
    synchronized (lock) {
      requireGoingOn();
      new SavedRecorder(own, others, notes, streams).write(requireNonNull(out, "out"));
    }
  }

  /**
   * Goes on from what {@link #save} wrote, in this process or another. Only a recorder that has taken nothing can.
   * Streams wait, where they stood, until {@link #waiting} hands them out; what is recorded from now on follows what was
   * recorded before, and the trace in the end is the one that a single recorder would have made.
   *
   * @param in where from; nothing behind the end of what was saved is read
   * @throws IOException if the stream fails or holds something else; this recorder is then as it was
   * @throws IllegalStateException if another thread than the run's own calls it, or if anything was recorded
   */
  public void restore(InputStream in) throws IOException {
    requireOwner("restore");
    SavedRecorder saved = SavedRecorder.read(requireNonNull(in, "in"));
    synchronized (lock) {
      requireGoingOn();
      if (!isUntouched()) {
        throw new IllegalStateException(
            "only a recorder without records can be restored; restore before anything is recorded or a stream is"
                + " opened.");
      }
      own = saved.own();
      others.putAll(saved.others());
      notes.addAll(saved.notes());
      streams.putAll(saved.streams());
      waiting.putAll(saved.streams());
    }
  }

  /**
   * Returns whether nothing was recorded, noted or registered yet, by any thread.
   *
   * @return true until the first record, note or stream
   */
  public boolean isUntouched() {
    synchronized (lock) {
      return own.size() == 0 && others.isEmpty() && notes.isEmpty() && streams.isEmpty();
    }
  }

  /**
   * Hands out a stream that {@link #restore} brought, where it stood; it is registered already.
   *
   * @param path the path it was registered by
   * @return the stream, once; empty if none waits under this path
   */
  public Optional<RandomStream> waiting(String path) {
    synchronized (lock) {
      return Optional.ofNullable(waiting.remove(requireNonNull(path, "path")));
    }
  }

  private void requireOwner(String what) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("only the thread that began the recording can " + what
          + " it; it was begun by \"" + owner.getName() + "\".");
    }
  }

  /**
   * Ends the recording. Only the run's own thread may call it; called again, it returns the same trace.
   *
   * @return everything recorded
   * @throws IllegalStateException if another thread calls it
   */
  public Trace end() {
    requireOwner("end");
    synchronized (lock) {
      Trace done = trace;
      if (done == null) {
        ended = true;
        done = Trace.of(own.end(), others, List.copyOf(notes), drawn());
        done = limit == NO_LIMIT ? done : done.prefix(limit);
        trace = done;
      }
      return done;
    }
  }

  private SortedMap<String, Long> drawn() {
    SortedMap<String, Long> draws = new TreeMap<>();
    for (Map.Entry<String, RandomStream> stream : streams.entrySet()) {
      draws.put(stream.getKey(), stream.getValue().draws());
    }
    return draws;
  }
}
