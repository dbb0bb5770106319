package dev.stet.guard;

import dev.stet.guard.GuardOptions.Switch;
import java.io.File;
import java.io.FileFilter;
import java.io.FilenameFilter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Spliterator;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls where an order depends on threads or on a file system. Not for calling; not stable.
 *
 * <p>Outside a trial each method does what was called before, and nothing else.
 */
@SuppressWarnings({"MissingJavadocMethod", "StreamResourceLeak"
}) // the caller closes what it asked for
public final class GuardOrder {
  private GuardOrder() {}

  /** Counts the use, and says whether streams of this trial run on the thread that asks for them. */
  private static boolean isSequential(int site) {
    Watch watch = Trials.active;
    Watch trial = watch == null ? null : watch.use(site);
    return trial != null && trial.options.has(Switch.SEQUENTIAL);
  }

  /** Counts the use, and says whether what was listed is to be sorted. */
  private static boolean isSorted(int site) {
    Watch watch = Trials.active;
    Watch trial = watch == null ? null : watch.use(site);
    return trial != null && trial.replacing;
  }

  /** A stream that was asked for as a parallel one; what a method of that name gave may be none. */
  public static <T> @Nullable Stream<T> given(@Nullable Stream<T> stream, int site) {
    return stream != null && stream.isParallel() && isSequential(site)
        ? stream.sequential()
        : stream;
  }

  public static @Nullable BaseStream<?, ?> given(@Nullable BaseStream<?, ?> stream, int site) {
    return stream != null && stream.isParallel() && isSequential(site)
        ? stream.sequential()
        : stream;
  }

  public static <T> Stream<T> parallelStream(Collection<T> collection, int site) {
    return isSequential(site) ? collection.stream() : collection.parallelStream();
  }

  public static <T> Stream<T> parallelStream(int site, Collection<T> collection) {
    return parallelStream(collection, site);
  }

  public static IntStream parallel(IntStream stream, int site) {
    return isSequential(site) ? stream : stream.parallel();
  }

  public static LongStream parallel(LongStream stream, int site) {
    return isSequential(site) ? stream : stream.parallel();
  }

  public static DoubleStream parallel(DoubleStream stream, int site) {
    return isSequential(site) ? stream : stream.parallel();
  }

  public static <T> Stream<T> stream(Spliterator<T> values, boolean parallel, int site) {
    return StreamSupport.stream(values, parallel && !isSequential(site));
  }

  public static IntStream intStream(Spliterator.OfInt values, boolean parallel, int site) {
    return StreamSupport.intStream(values, parallel && !isSequential(site));
  }

  public static LongStream longStream(Spliterator.OfLong values, boolean parallel, int site) {
    return StreamSupport.longStream(values, parallel && !isSequential(site));
  }

  public static DoubleStream doubleStream(Spliterator.OfDouble values, boolean parallel, int site) {
    return StreamSupport.doubleStream(values, parallel && !isSequential(site));
  }

  @SuppressWarnings("JdkObsolete")
  public static String @Nullable [] list(File directory, int site) {
    return sorted(directory.list(), site);
  }

  public static String @Nullable [] list(File directory, FilenameFilter filter, int site) {
    return sorted(directory.list(filter), site);
  }

  public static File @Nullable [] listFiles(File directory, int site) {
    return sorted(directory.listFiles(), site);
  }

  public static File @Nullable [] listFiles(int site, File directory) {
    return listFiles(directory, site);
  }

  public static File @Nullable [] listFiles(File directory, FileFilter filter, int site) {
    return sorted(directory.listFiles(filter), site);
  }

  public static File @Nullable [] listFiles(File directory, FilenameFilter filter, int site) {
    return sorted(directory.listFiles(filter), site);
  }

  private static <T extends Comparable<? super T>> T @Nullable [] sorted(
      T @Nullable [] names, int site) {
    if (isSorted(site) && names != null) {
      Arrays.sort(names);
    }
    return names;
  }

  public static Stream<Path> list(Path directory, int site) throws IOException {
    Stream<Path> paths = Files.list(directory);
    return isSorted(site) ? paths.sorted() : paths;
  }

  public static Stream<Path> walk(Path directory, FileVisitOption[] options, int site)
      throws IOException {
    return walk(directory, Integer.MAX_VALUE, options, site);
  }

  public static Stream<Path> walk(Path directory, int depth, FileVisitOption[] options, int site)
      throws IOException {
    Stream<Path> paths = Files.walk(directory, depth, options); // refuses what it always refuses
    if (!isSorted(site)) {
      return paths;
    }
    try (paths) {
      return SortedTree.walk(directory, depth, options);
    }
  }

  public static DirectoryStream<Path> newDirectoryStream(Path directory, int site)
      throws IOException {
    DirectoryStream<Path> paths = Files.newDirectoryStream(directory);
    return isSorted(site) ? SortedDirectory.of(paths) : paths;
  }

  public static DirectoryStream<Path> newDirectoryStream(Path directory, String glob, int site)
      throws IOException {
    DirectoryStream<Path> paths = Files.newDirectoryStream(directory, glob);
    return isSorted(site) ? SortedDirectory.of(paths) : paths;
  }

  public static DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter, int site) throws IOException {
    DirectoryStream<Path> paths = Files.newDirectoryStream(directory, filter);
    return isSorted(site) ? SortedDirectory.of(paths) : paths;
  }
}
