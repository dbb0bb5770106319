package dev.stet.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files as {@link Files#walk} gives it, depth first and not read before it is asked for, in which what is in a
 * directory comes in the order of names.
 */
final class SortedTree implements Iterator<Path> {
  private static final LinkOption[] FOLLOW = {};
  private static final LinkOption[] STAY = {LinkOption.NOFOLLOW_LINKS};

  private final Deque<Directory> entered = new ArrayDeque<>();
  private final boolean follows;
  private final int depth;
  private @Nullable Path next;
  private boolean closed;

  private SortedTree(boolean follows, int depth) {
    this.follows = follows;
    this.depth = depth;
  }

  /** What {@link Files#walk(Path, int, FileVisitOption...)} took must be given, for it is not asked again. */
  static Stream<Path> walk(Path start, int depth, FileVisitOption... options) throws IOException {
    SortedTree tree =
        new SortedTree(List.of(options).contains(FileVisitOption.FOLLOW_LINKS), depth);
    tree.visit(start);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(tree, Spliterator.DISTINCT), false)
        .onClose(tree::close);
  }

  /** A directory is opened before it is given, and read after: what a program deletes in between is not there any more. */
  @SuppressWarnings("StreamResourceLeak") // closed when it was read, or with the walk
  private void visit(Path path) throws IOException {
    BasicFileAttributes attributes = attributes(path);
    if (entered.size() < depth && attributes.isDirectory()) {
      Object key = attributes.fileKey();
      if (follows && entered.stream().anyMatch(directory -> directory.is(path, key))) {
        throw new FileSystemLoopException(path.toString());
      }
      entered.push(new Directory(path, key, Files.newDirectoryStream(path)));
    }
    next = path;
  }

  private BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, follows ? FOLLOW : STAY);
    } catch (IOException e) {
      if (!follows) {
        throw e;
      }
      return Files.readAttributes(path, BasicFileAttributes.class, STAY); // a link to nowhere
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      throw new IllegalStateException();
    }
    try {
      while (next == null && !entered.isEmpty()) {
        Iterator<Path> inside = entered.element().inside();
        if (inside.hasNext()) {
          visit(inside.next());
        } else {
          entered.pop();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next != null;
  }

  @Override
  public Path next() {
    Path path = hasNext() ? next : null;
    if (path == null) {
      throw new NoSuchElementException();
    }
    next = null;
    return path;
  }

  private void close() {
    closed = true;
    for (Directory directory : entered) {
      try {
        directory.stream.close();
      } catch (IOException e) {
        // It was read, and nothing is lost.
      }
    }
    entered.clear();
  }

  /** A directory whose entries are walked now. */
  private static final class Directory {
    final Path path;
    final @Nullable Object key;
    final DirectoryStream<Path> stream;
    private @Nullable Iterator<Path> inside;

    Directory(Path path, @Nullable Object key, DirectoryStream<Path> stream) {
      this.path = path;
      this.key = key;
      this.stream = stream;
    }

    Iterator<Path> inside() throws IOException {
      Iterator<Path> known = inside;
      if (known == null) {
        inside = Collections.emptyIterator(); // a directory that cannot be read is done with
        try (stream) {
          known = SortedDirectory.sorted(stream.iterator());
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
        inside = known;
      }
      return known;
    }

    boolean is(Path other, @Nullable Object otherKey) {
      if (key != null && otherKey != null) {
        return key.equals(otherKey);
      }
      try {
        return Files.isSameFile(other, path);
      } catch (IOException e) {
        return false;
      }
    }
  }
}
