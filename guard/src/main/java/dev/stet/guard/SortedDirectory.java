package dev.stet.guard;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory in the order of names, and otherwise what the JDK gave. It is read when the first name is asked for. */
class SortedDirectory<S extends DirectoryStream<Path>> implements DirectoryStream<Path> {
  final S paths;
  private volatile boolean closed;

  private SortedDirectory(S paths) {
    this.paths = paths;
  }

  /** Programs ask whether it is a secure one, so that is what it stays. */
  static DirectoryStream<Path> of(DirectoryStream<Path> paths) {
    return paths instanceof SecureDirectoryStream<Path> secure
        ? new Secure(secure)
        : new SortedDirectory<>(paths);
  }

  /** What is left of a directory, in the order of names. */
  static Iterator<Path> sorted(Iterator<Path> paths) {
    List<Path> all = new ArrayList<>();
    paths.forEachRemaining(all::add);
    all.sort(Comparator.naturalOrder());
    return Collections.unmodifiableList(all).iterator();
  }

  @Override
  public Iterator<Path> iterator() {
    return new Names(paths.iterator());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    paths.close();
  }

  private final class Names implements Iterator<Path> {
    private final Iterator<Path> unsorted;
    private @Nullable Iterator<Path> sorted;

    Names(Iterator<Path> unsorted) {
      this.unsorted = unsorted;
    }

    @Override
    public synchronized boolean hasNext() {
      if (closed) {
        return false;
      }
      Iterator<Path> names = sorted;
      if (names == null) {
        names = sorted(unsorted);
        sorted = names;
      }
      return names.hasNext();
    }

    @Override
    public synchronized Path next() {
      if (!hasNext() || sorted == null) {
        throw new NoSuchElementException();
      }
      return sorted.next();
    }
  }

  private static final class Secure extends SortedDirectory<SecureDirectoryStream<Path>>
      implements SecureDirectoryStream<Path> {
    Secure(SecureDirectoryStream<Path> paths) {
      super(paths);
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
        throws IOException {
      return new Secure(paths.newDirectoryStream(path, options));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return paths.newByteChannel(path, options, attributes);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
      paths.deleteFile(path);
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
      paths.deleteDirectory(path);
    }

    /** The JDK moves to directories of its own class only. */
    @Override
    public void move(Path from, SecureDirectoryStream<Path> directory, Path to) throws IOException {
      paths.move(from, directory instanceof Secure sorted ? sorted.paths : directory, to);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
      return paths.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return paths.getFileAttributeView(path, type, options);
    }
  }
}
