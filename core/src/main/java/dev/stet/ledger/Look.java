package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reading of all segments: each run once, in its latest state.
 *
 * <p>Ended runs come as they are met. A run that only began is held back until everything was read, since its end may
 * stand in another segment; it is running if the writer of its segment was alive before the segment was read, and
 * interrupted otherwise. Who is alive is asked first and the segments are listed again after that: so a writer that was
 * gone has no line that this look does not see. A segment that vanishes was compacted: its runs stand in a new one.
 */
final class Look implements Iterator<RunRecord>, AutoCloseable {
  private final Layout layout;
  private final Problems problems;
  private final Consumer<Line> reuses;
  private final SeenRuns seen = new SeenRuns();
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final Map<Path, Boolean> gone = new HashMap<>();
  private final Set<Path> taken = new HashSet<>();
  private Iterator<Path> segments;
  private @Nullable Iterator<Pending> rest;
  private @Nullable SegmentReader reader;
  private @Nullable RunRecord next;
  private boolean alive;
  private boolean closed;

  private record Pending(Line line, boolean alive) {}

  /** Begins; {@code reuses} takes the lines that tell which study took the result of which run. */
  Look(Layout layout, Problems problems, Consumer<Line> reuses) {
    this.layout = layout;
    this.reuses = reuses;
    this.problems = problems;
    this.segments = survey(problems);
  }

  /**
   * Asks who is gone, and lists the segments again after that, until none was compacted meanwhile: a list that was begun
   * before there was the new segment, and went on after the old one was deleted, may have neither.
   */
  private Iterator<Path> survey(Problems foreign) {
    Set<Path> before = list(foreign);
    while (true) {
      for (Path segment : before) {
        gone.computeIfAbsent(segment, this::isGone);
      }
      Set<Path> after = list(new Problems());
      if (after.containsAll(before)) {
        return after.iterator();
      }
      before = after;
    }
  }

  private boolean isGone(Path segment) {
    String file = segment.getFileName().toString();
    String name = file.substring(0, file.length() - Segment.SUFFIX.length());
    try {
      return !Writer.isAlive(name, layout.segments());
    } catch (IOException e) {
      problems.add(layout.shown(segment) + ": its lock cannot be asked, so that its runs may"
          + " show as running: " + e);
      return false;
    }
  }

  private Set<Path> list(Problems foreign) {
    Set<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.segments())) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.endsWith(Segment.SUFFIX) && isSegment(file)) {
          found.add(file);
        } else if (!name.endsWith(Writer.SUFFIX) && !Layout.isTemporary(file)) {
          foreign.add(layout.shown(file) + ": no segment; it is passed over");
        }
      }
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException | DirectoryIteratorException e) {
      throw new LedgerException(
          "cannot list " + layout.segments() + ": " + e + ". Check the rights to read it.", e);
    }
    return found;
  }

  /** A file, or one that was deleted since it was listed: who then looks for it learns that it was compacted. */
  private static boolean isSegment(Path file) {
    return Files.isRegularFile(file) || Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !closed) {
      next = rest == null ? nextEnded() : nextPending(rest);
    }
    return next != null;
  }

  @Override
  public RunRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RunRecord record = requireNonNull(next);
    next = null;
    return record;
  }

  private @Nullable RunRecord nextPending(Iterator<Pending> unended) {
    if (!unended.hasNext()) {
      close();
      return null;
    }
    Pending run = unended.next();
    return new RunRecord(layout, run.line, run.alive ? RunStatus.RUNNING : RunStatus.INTERRUPTED);
  }

  private @Nullable RunRecord nextEnded() {
    Line line = nextLine();
    if (line == null) {
      rest = pending.values().iterator();
      return null;
    }
    if (line.isReuse()) {
      reuses.accept(line);
      return null;
    }
    String id = line.text(Line.Member.ID);
    if (line.isEnd()) {
      pending.remove(id);
      return seen.add(id) ? RunRecord.ended(layout, line) : null;
    }
    if (!seen.contains(id)) {
      pending.merge(
          id,
          new Pending(line, alive),
          (old, now) -> new Pending(old.line, old.alive || now.alive));
    }
    return null;
  }

  private @Nullable Line nextLine() {
    while (true) {
      try {
        Line line = reader == null ? null : reader.next();
        if (line != null) {
          return line;
        }
        closeReader();
        if (!openNext()) {
          return null;
        }
      } catch (IOException e) {
        problems.add("a segment cannot be read to its end: " + e);
        closeReader();
      }
    }
  }

  private boolean openNext() throws IOException {
    while (segments.hasNext()) {
      Path segment = segments.next();
      if (!taken.add(segment)) {
        continue;
      }
      alive = !gone.getOrDefault(segment, false);
      try {
        reader = new SegmentReader(segment, (offset, why) -> report(segment, offset, why));
        return true;
      } catch (NoSuchFileException compacted) {
        segments = survey(new Problems());
      } catch (IOException e) {
        problems.add(layout.shown(segment) + ": it cannot be read: " + e);
      }
    }
    return false;
  }

  // The last line of a writer that is there may be under way.
  private void report(Path segment, long offset, String why) {
    if (!alive || !why.startsWith(SegmentReader.CUT_SHORT)) {
      problems.add(layout.shown(segment) + ", byte " + offset + ": " + why);
    }
  }

  private void closeReader() {
    try {
      if (reader != null) {
        reader.close();
      }
    } catch (IOException e) {
      problems.add("a segment cannot be closed: " + e);
    }
    reader = null;
  }

  @Override
  public void close() {
    closeReader();
    closed = true;
  }
}
