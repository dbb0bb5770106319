package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The full content of a file or a folder of data, as a SHA-256 and a size.
 *
 * <p>A file's digest is the plain SHA-256 of its bytes, as {@code sha256sum} prints it. A folder's is the SHA-256 of
 * its manifest in UTF-8: a line {@code <sha256 of the file>  <relative name with slashes>\n} for each file in it, at
 * any depth, in the order of the names' UTF-16 code units; an empty folder has an empty manifest. Symbolic links are
 * followed; a link that leads back into a folder around it is an error.
 *
 * <p>Content is streamed: memory does not grow with the size of a file.
 *
 * <p>Immutable and safe for any number of threads.
 *
 * @param name the name under which the experiment declares the data
 * @param sha256 the digest in lower-case hexadecimal
 * @param bytes the size in bytes, of all files together for a folder
 * @since 0.1
 */
public record DataDigest(String name, String sha256, long bytes) {
  private static final int CHUNK = 1 << 16;
  private static final int CACHED_FILES = 100_000;
  private static final Map<List<Object>, String> CACHE = new ConcurrentHashMap<>();

  /**
   * Refuses a name, digest or size that cannot be one.
   *
   * @param name the name under which the experiment declares the data
   * @param sha256 the digest in lower-case hexadecimal
   * @param bytes the size in bytes
   */
  public DataDigest {
    requireName(name);
    if (!requireNonNull(sha256, "sha256").matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "sha256 must be 64 lower-case hexadecimal digits; got \"" + sha256 + "\".");
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must be at least 0; got " + bytes + ".");
    }
  }

  /**
   * Whether a file that was read before in this JVM, and looks unchanged since, is read again.
   *
   * @since 0.1
   */
  public enum Reading {
    /**
     * A file whose path, size, modification time and identity are those of a file read before is not read again. A
     * change that keeps all four is missed.
     */
    CACHED,
    /** Every file is read. */
    ALWAYS
  }

  /**
   * Reads data, except files that were read before in this JVM and look unchanged.
   *
   * @param name the name under which the experiment declares the data; not blank
   * @param path a file or a folder
   * @return its digest
   * @throws IllegalArgumentException when there is no such file or folder
   * @throws UncheckedIOException when it cannot be read, or changes while it is read
   */
  public static DataDigest of(String name, Path path) {
    return of(name, path, Reading.CACHED);
  }

  /**
   * Reads data.
   *
   * @param name the name under which the experiment declares the data; not blank
   * @param path a file or a folder
   * @param reading whether files that look unchanged are read again
   * @return its digest
   * @throws IllegalArgumentException when there is no such file or folder
   * @throws UncheckedIOException when it cannot be read, or changes while it is read
   */
  public static DataDigest of(String name, Path path, Reading reading) {
    requireName(name);
    requireNonNull(path, "path");
    requireNonNull(reading, "reading");
    try {
      return Files.isDirectory(path) ? folder(name, path, reading) : file(name, path, reading);
    } catch (NoSuchFileException e) {
      if (Files.exists(path)) {
        throw unreadable(name, path, e);
      }
      throw new IllegalArgumentException(
          "data \"" + name + "\" must be a file or a folder that exists; there is none at "
              + path.toAbsolutePath() + ". Check the path and the working directory.",
          e);
    } catch (UncheckedIOException e) {
      throw unreadable(name, path, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(name, path, e);
    }
  }

  /**
   * Returns what the facet {@code data} holds under this name: {@code sha256} and {@code bytes}. The path is not in it.
   *
   * @return an unmodifiable tree of bare values
   */
  public Map<String, Object> tree() {
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("sha256", sha256);
    tree.put("bytes", bytes);
    return java.util.Collections.unmodifiableMap(tree);
  }

  private static void requireName(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException(
          "name must not be blank. Give the data a name, such as \"digits\".");
    }
  }

  private static UncheckedIOException unreadable(String name, Path path, IOException why) {
    return new UncheckedIOException(
        "data \"" + name + "\" at " + path + " cannot be read: " + reason(why), why);
  }

  /** In words, since the message of a file system's exception is often no more than the path. */
  private static String reason(IOException why) {
    if (why instanceof FileSystemLoopException) {
      return "a symbolic link leads back to a folder around it: " + why.getMessage();
    }
    if (why instanceof NoSuchFileException) {
      return "there is no file at " + why.getMessage()
          + ". It is gone, or is a symbolic link that leads nowhere: remove or mend it.";
    }
    if (why instanceof AccessDeniedException) {
      return "permission was denied for " + why.getMessage()
          + ". Let the user of this process read it.";
    }
    return String.valueOf(why.getMessage());
  }

  private static DataDigest file(String name, Path path, Reading reading) throws IOException {
    String sha256 = digest(path, reading);
    return new DataDigest(name, sha256, Files.size(path));
  }

  private static DataDigest folder(String name, Path folder, Reading reading) throws IOException {
    TreeMap<String, Path> files = files(folder);
    MessageDigest manifest = FramedDigest.sha256();
    long bytes = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      DataDigest one = file(name, file.getValue(), reading);
      manifest.update((one.sha256() + "  " + file.getKey() + "\n")
          .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      bytes += one.bytes();
    }
    if (!files.keySet().equals(files(folder).keySet())) {
      throw new IOException(
          "files came or went while it was read. Read it when nothing writes to it.");
    }
    return new DataDigest(name, HexFormat.of().formatHex(manifest.digest()), bytes);
  }

  private static TreeMap<String, Path> files(Path folder) throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (!Files.isDirectory(file)) {
          String separator = folder.getFileSystem().getSeparator();
          files.put(folder.relativize(file).toString().replace(separator, "/"), file);
        }
      }
    }
    return files;
  }

  /** Reads the bytes of a file. */
  interface Hash {
    String of(Path path) throws IOException;
  }

  private static String digest(Path path, Reading reading) throws IOException {
    return digest(path, reading, DataDigest::sha256);
  }

  static String digest(Path path, Reading reading, Hash hash) throws IOException {
    List<Object> before = state(path);
    String known = reading == Reading.CACHED ? CACHE.get(before) : null;
    if (known != null) {
      return known;
    }
    String sha256 = hash.of(path);
    if (!before.equals(state(path))) {
      throw new IOException(
          "it changed while it was read: " + path + ". Read it when nothing writes to it.");
    }
    if (CACHE.size() >= CACHED_FILES) {
      CACHE.clear();
    }
    CACHE.put(before, sha256);
    return sha256;
  }

  private static List<Object> state(Path path) throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    if (!file.isRegularFile()) {
      throw new IOException(
          path + " is neither a file nor a folder. Give data that ends, not a pipe or a device.");
    }
    return List.of(
        path.toRealPath(), file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
  }

  static String sha256(Path path) throws IOException {
    MessageDigest digest = FramedDigest.sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(path)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
