package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A directory that holds runs: each from the moment it begins, with its end if it has one, whatever becomes of the
 * process.
 *
 * <pre>{@code
 * try (Ledger ledger = Ledger.open(Path.of("runs"))) {
 *   RunEntry entry = ledger.begin(RunStart.of("digits", seed, fingerprint));
 *   ...
 *   entry.completed(trace, duration);
 *   ledger.query().experiment("digits").best("accuracy", true, 10).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>When {@link #begin} or an end of a {@link RunEntry} returns, the disk has been told to keep the line and has
 * answered. Nothing is ever overwritten. Any number of threads and processes may write and read one ledger at the same
 * time; each open ledger writes a file of its own. Two ledgers are merged by copying one directory over the other.
 *
 * <p>The directory is specified in {@code docs/ledger.md}. It must be on the default file system; on one that is shared
 * over a network, locks and forced writes are as good as that file system makes them.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class Ledger implements AutoCloseable {
  private final Layout layout;
  private final Disk disk;
  private final Clock clock;
  private final FacetStore facets;
  private final TraceStore traces;
  private final Journal journal;
  private final RunIds ids = new RunIds();
  private volatile Problems problems = new Problems();

  private Ledger(Layout layout, Disk disk, Clock clock) {
    this.layout = layout;
    this.disk = disk;
    this.clock = clock;
    this.facets = new FacetStore(layout, disk);
    this.traces = new TraceStore(layout, disk);
    this.journal = new Journal(layout, disk, clock);
  }

  /**
   * Opens the ledger in a directory, and makes one of a directory that is none yet or is not there, by the file
   * {@code ledger.json}. Other files in it stay as they are. Nothing else is written before the first run begins: to read
   * a ledger, the right to read it is enough.
   *
   * @param directory the directory
   * @return the ledger
   * @throws LedgerException if the path is a file or below one, the ledger is of a newer format, or the directory cannot be made
   * @throws IllegalArgumentException if the path is not on the default file system
   */
  public static Ledger open(Path directory) {
    return open(directory, Disk.system(), Clock.systemUTC());
  }

  static Ledger open(Path directory, Disk disk, Clock clock) {
    if (!FileSystems.getDefault().equals(requireNonNull(directory, "directory").getFileSystem())) {
      throw new IllegalArgumentException("a ledger must be on the default file system; got "
          + directory.toUri() + ". Give a directory of this machine.");
    }
    Layout layout = new Layout(directory.toAbsolutePath().normalize());
    Description.require(layout, disk);
    return new Ledger(layout, disk, clock);
  }

  /**
   * Returns the directory.
   *
   * @return its absolute path
   */
  public Path directory() {
    return layout.directory();
  }

  /**
   * Puts a run on record, before its body runs. When this returns, the disk has it.
   *
   * @param start what is known of the run
   * @return the entry that ends the run
   * @throws LedgerException if the disk did not take it; the run is then not on record
   * @throws IllegalStateException if the ledger was closed
   * @throws IllegalArgumentException if what is known takes more than 64 MB
   */
  public RunEntry begin(RunStart start) {
    requireNonNull(start, "start");
    journal.requireOpen();
    try {
      String sheet = facets.keep(start.fingerprint(), start.seed());
      RunLines lines = RunLines.of(ids.next(clock.millis()), start, clock.instant(), sheet);
      append(lines.begun());
      return new RunEntry(this, lines);
    } catch (IOException e) {
      throw new LedgerException(
          "cannot put a run of " + start.experiment() + " with seed " + start.seed()
              + " on record in " + directory() + ": " + e.getMessage()
              + ". What was recorded before is safe; make room or give the right to write there.",
          e);
    }
  }

  RunRecord end(RunLines lines, RunLines.End end) {
    journal.requireOpen();
    try {
      byte[] line = lines.ended(end, clock.instant(), traces);
      append(line);
      return RunRecord.ended(layout, Line.of(line, 0, line.length - 1));
    } catch (IOException e) {
      throw new LedgerException(
          "cannot put the end of run " + lines.id() + " (" + lines.experiment() + ", seed "
              + lines.start().seed() + ", " + end.status().label() + ") on record in " + directory()
              + ": " + e.getMessage()
              + ". That it began is on record; make room or give the right to write there, and end it again.",
          e);
    }
  }

  /**
   * Puts on record that a study took the results of runs instead of running them, so that {@link RunQuery#study} finds
   * them under its name too. When this returns, the disk has it; all runs share one force.
   *
   * @param study the name of the study, not blank
   * @param runs runs of this ledger
   * @throws LedgerException if the disk did not take it; the runs are safe
   * @throws IllegalStateException if the ledger was closed
   * @throws IllegalArgumentException if the name is blank
   */
  public void reused(String study, Collection<RunRecord> runs) {
    RunStart.requireName(requireNonNull(study, "study"), "the name of a study");
    journal.requireOpen();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    runs.forEach(run -> lines.writeBytes(RunLines.reused(run, study)));
    try {
      if (lines.size() > 0) {
        journal.append(lines.toByteArray());
      }
    } catch (IOException e) {
      throw new LedgerException(
          "cannot put on record in " + directory() + " that the study \"" + study + "\" took "
              + runs.size() + " runs from it: " + e.getMessage()
              + ". The runs are safe; make room or give the right to write there.",
          e);
    }
  }

  /** The ids of the runs whose results a study took. */
  Set<String> reusedBy(String study) {
    byte[] name = Line.quoted(study);
    Set<String> ids = new HashSet<>();
    try (Look look = new Look(layout, new Problems(), reuse -> {
      if (reuse.is(Line.Member.STUDY, name)) {
        ids.add(reuse.text(Line.Member.ID));
      }
    })) {
      look.forEachRemaining(run -> {});
    }
    return ids;
  }

  private void append(byte[] line) throws IOException {
    if (line.length > SegmentReader.LONGEST_LINE) {
      throw new IllegalArgumentException("a run must fit into " + SegmentReader.LONGEST_LINE
          + " bytes without its trace; got " + line.length
          + ". Declare large inputs as data instead of putting them into the config.");
    }
    journal.append(line);
  }

  /**
   * Returns every run once, in its latest state: first those that have ended, in no promised order, then those that have
   * not. It reads while it goes, and holds no more than a few bytes for each run. Close it when you do not read it to
   * the end.
   *
   * @return a sequential stream of one look
   * @throws LedgerException if the directory cannot be listed
   */
  public Stream<RunRecord> runs() {
    Problems found = new Problems();
    Look look = new Look(layout, found, reuse -> {});
    problems = found;
    int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(look, traits), false)
        .onClose(look::close);
  }

  /**
   * Returns a query that selects every run, to be narrowed.
   *
   * @return the query
   */
  public RunQuery query() {
    return RunQuery.all(this);
  }

  /**
   * Looks for one run, through the whole ledger.
   *
   * @param id its id
   * @return the run in its latest state, or empty if there is none
   * @throws LedgerException if the directory cannot be listed
   */
  public Optional<RunRecord> run(String id) {
    byte[] wanted = Line.quoted(requireNonNull(id, "id"));
    try (Stream<RunRecord> runs = runs()) {
      return runs.filter(run -> run.line().is(Line.Member.ID, wanted)).findFirst();
    }
  }

  /**
   * Returns what the latest look of this object could not read, as far as it got: {@link #runs}, {@link #run} or a query.
   *
   * @return file, place and reason, one text each, the first thousand; empty if all was whole
   */
  public List<String> problems() {
    return problems.list();
  }

  /**
   * Puts the runs of many small segments into one, so that looks are fast again. Only segments whose process is gone and
   * that are whole are taken. Safe at any moment, for every process, and wherever it is broken off: each run stays on
   * record once. Does nothing when another process is at it.
   *
   * @throws LedgerException if the disk refuses; nothing is lost then
   */
  public void compact() {
    try {
      Compaction.run(layout, disk, clock);
    } catch (IOException e) {
      throw new LedgerException(
          "cannot compact the ledger " + directory() + ": " + e
              + ". Nothing was lost; make room or give the right to write there, and compact again.",
          e);
    }
  }

  /**
   * Ends what this object writes. Runs that it began and that have no end show as interrupted from now on. Reading goes
   * on to work. Closing again does nothing.
   *
   * @throws LedgerException if the operating system refuses to close the file; all lines are on the disk all the same
   */
  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      throw new LedgerException(
          "cannot close the ledger " + directory() + ": " + e + ". All acknowledged runs are safe.",
          e);
    }
  }

  Layout layout() {
    return layout;
  }

  /** Returns the directory in words. */
  @Override
  public String toString() {
    return "ledger " + directory();
  }
}
