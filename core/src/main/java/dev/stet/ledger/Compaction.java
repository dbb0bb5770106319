package dev.stet.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts the runs of many small segments into one.
 *
 * <p>Only segments whose writer is gone are taken, and only those that are sound: what cannot be read stays as it is. The
 * new segment is whole and on the disk before the first old one is deleted; until then a run stands in both, and whoever
 * looks takes it once. Lines are copied as they are.
 */
final class Compaction {
  /** A segment that is this large stays as it is, so that many compactions copy no line more than a few times. */
  static final long LARGE = 1L << 26;

  private static final int BUFFER = 1 << 18;

  /** Nobody is at one file for so long; they are written in a moment, and a large checkpoint in minutes. */
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private final Layout layout;
  private final Disk disk;
  private final Clock clock;
  private final SeenRuns ended = new SeenRuns();
  private final SeenRuns reused = new SeenRuns();
  private final Map<String, Line> unended = new LinkedHashMap<>();

  private Compaction(Layout layout, Disk disk, Clock clock) {
    this.layout = layout;
    this.disk = disk;
    this.clock = clock;
  }

  /** Compacts, unless another process does so right now. */
  static synchronized void run(Layout layout, Disk disk, Clock clock) throws IOException {
    if (!Files.isDirectory(layout.segments())) {
      return;
    }
    Path file = layout.segments().resolve("compaction" + Writer.SUFFIX);
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
        FileLock lock = tryLock(open)) {
      if (lock != null) {
        Compaction compaction = new Compaction(layout, disk, clock);
        compaction.compact();
        compaction.deleteLeftovers();
      }
    }
  }

  private static @Nullable FileLock tryLock(RandomAccessFile open) throws IOException {
    try {
      return open.getChannel().tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Deletes files that were never whole, once whoever wrote them has certainly given up. */
  private void deleteLeftovers() throws IOException {
    Leftovers leftovers = new Leftovers(disk, FileTime.from(clock.instant().minus(GIVEN_UP)));
    for (Path folder : layout.shared()) {
      int depth = folder.equals(layout.directory()) ? 1 : 2;
      Files.walkFileTree(folder, Set.of(), depth, leftovers);
    }
  }

  /** Others work in these folders: what vanishes under way was none, or is gone as it should be. */
  private static final class Leftovers extends SimpleFileVisitor<Path> {
    private final Disk disk;
    private final FileTime limit;

    Leftovers(Disk disk, FileTime limit) {
      this.disk = disk;
      this.limit = limit;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
      if (Layout.isTemporary(file)
          && about.isRegularFile()
          && about.lastModifiedTime().compareTo(limit) < 0) {
        disk.delete(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  private void compact() throws IOException {
    List<Path> segments = new ArrayList<>();
    for (Path segment : candidates()) {
      if (isSound(segment)) {
        segments.add(segment);
      }
    }
    if (segments.size() < 2) {
      return;
    }
    Path target = layout.segments().resolve(Writer.freshName(clock.millis()) + Segment.SUFFIX);
    write(segments, target);
    for (Path segment : segments) {
      disk.delete(segment);
      disk.delete(layout.segments().resolve(name(segment) + Writer.SUFFIX));
    }
    disk.forceDirectory(layout.segments());
  }

  /** The small segments of writers that are gone; deletes what a compaction left that was broken off. */
  private SortedSet<Path> candidates() throws IOException {
    SortedSet<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(layout.segments())) {
      for (Path file : files) {
        if (Layout.isTemporary(file)) {
          disk.delete(file);
        } else if (isCandidate(file)) {
          found.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private boolean isCandidate(Path file) throws IOException {
    try {
      return file.getFileName().toString().endsWith(Segment.SUFFIX)
          && Files.isRegularFile(file)
          && Files.size(file) < LARGE
          && !Writer.isAlive(name(file), layout.segments());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String name(Path segment) {
    String file = segment.getFileName().toString();
    return file.substring(0, file.length() - Segment.SUFFIX.length());
  }

  /** Whether all of a segment can be read; a line that was never acknowledged may be missing. */
  private boolean isSound(Path segment) throws IOException {
    List<String> problems = new ArrayList<>();
    try (SegmentReader reader = new SegmentReader(segment, (offset, why) -> {
      if (!why.startsWith(SegmentReader.CUT_SHORT)) {
        problems.add(why);
      }
    })) {
      while (problems.isEmpty() && reader.next() != null) {
        // The reader reports what is not sound.
      }
    }
    return problems.isEmpty();
  }

  private void write(List<Path> segments, Path target) throws IOException {
    Path temporary = Layout.temporary(target);
    try {
      try (Disk.Output output = disk.create(temporary)) {
        Lines lines = new Lines(output);
        for (Path segment : segments) {
          copy(segment, lines);
        }
        for (Line line : unended.values()) {
          lines.add(line.bytes());
        }
        lines.flush();
        output.force();
      }
      disk.rename(temporary, target);
    } catch (IOException e) {
      disk.deleteAfter(temporary, e);
      throw e;
    }
  }

  private void copy(Path segment, Lines lines) throws IOException {
    try (SegmentReader reader = new SegmentReader(segment, (offset, why) -> {})) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        String id = line.text(Line.Member.ID);
        if (line.isReuse()) {
          if (reused.add(id + " " + line.text(Line.Member.STUDY))) {
            lines.add(line.bytes());
          }
        } else if (line.isEnd()) {
          unended.remove(id);
          if (ended.add(id)) {
            lines.add(line.bytes());
          }
        } else if (!ended.contains(id)) {
          unended.putIfAbsent(id, line);
        }
      }
    }
  }

  private static final class Lines {
    private final Disk.Output output;
    private byte[] buffer = new byte[BUFFER];
    private int length;

    Lines(Disk.Output output) {
      this.output = output;
    }

    void add(byte[] line) throws IOException {
      if (length + line.length + 1 > buffer.length) {
        flush();
        if (line.length + 1 > buffer.length) {
          buffer = new byte[line.length + 1];
        }
      }
      System.arraycopy(line, 0, buffer, length, line.length);
      length += line.length;
      buffer[length++] = '\n';
    }

    void flush() throws IOException {
      output.write(buffer, 0, length);
      length = 0;
    }
  }
}
