package dev.stet.guard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories whose order the guard replaces are otherwise those of the JDK. */
@SuppressWarnings("StreamResourceLeak") // closed where closing is what is looked at
class DirectoriesTest {
  private static final FileVisitOption[] LINKS = {FileVisitOption.FOLLOW_LINKS};
  private static final FileVisitOption[] NO_LINKS = {};

  @TempDir
  Path directory;

  // --- what programs meet

  @Test
  void aWalkStaysDepthFirst() throws Exception {
    Files.createDirectories(directory.resolve("a"));
    Files.createDirectories(directory.resolve("a-b"));
    Files.createFile(directory.resolve("a/x"));
    Files.createFile(directory.resolve("a-b/y"));

    Guarded<List<String>> run = run(Walked.class);

    assertThat(run.value())
        .containsExactly("", "a", "a/x", "a-b", "a-b/y", "depth 1", "", "a", "a-b");
    assertThat(run.of(Kind.DIRECTORY_ORDER))
        .allSatisfy(one -> assertThat(one.treatment()).isEqualTo(Treatment.REPLACED))
        .extracting(Finding::api)
        .containsOnly("Files.walk");
  }

  static final class Walked implements Callable<List<String>> {
    @Override
    public List<String> call() throws IOException {
      Path start = start();
      List<String> all = new ArrayList<>();
      try (Stream<Path> paths = Files.walk(start)) {
        paths.forEach(path -> all.add(name(start, path)));
      }
      all.add("depth 1");
      try (Stream<Path> paths = Files.walk(start, 1)) {
        paths.forEach(path -> all.add(name(start, path)));
      }
      return all;
    }
  }

  @Test
  void aWalkReadsNoFurtherThanAProgramAsks() throws Exception {
    Path below = Files.createDirectories(directory.resolve("b/c"));
    link(below.resolve("loop"), directory);
    Files.createFile(directory.resolve("a"));

    assertThat(run(First.class).value())
        .containsExactly("", "a", "java.nio.file.FileSystemLoopException");
  }

  static final class First implements Callable<List<String>> {
    @Override
    public List<String> call() throws IOException {
      Path start = start();
      List<String> all = new ArrayList<>();
      try (Stream<Path> paths = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
        all.add(name(start, paths.findFirst().orElseThrow()));
      }
      try (Stream<Path> paths = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
        all.add(name(start, paths.filter(Files::isRegularFile).findFirst().orElseThrow()));
      }
      try (Stream<Path> paths = Files.walk(start, FileVisitOption.FOLLOW_LINKS)) {
        all.add("" + paths.count());
      } catch (UncheckedIOException e) {
        all.add(String.valueOf(e.getCause()).replaceAll(":.*", ""));
      }
      return all;
    }
  }

  @Test
  void aDirectoryThatWasASecureOneStaysOne() throws Exception {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      assumeTrue(paths instanceof SecureDirectoryStream, "this file system has secure ones");
    }
    Files.createDirectories(directory.resolve("in"));
    Files.createDirectories(directory.resolve("gone"));
    for (String name : List.of("in/3", "in/1", "in/2", "file", "old")) {
      Files.writeString(directory.resolve(name), "of " + name);
    }
    link(directory.resolve("link"), directory.resolve("file"));

    assertThat(run(Secure.class).value())
        .containsExactly(
            "file",
            "gone",
            "in",
            "link",
            "old",
            "basic",
            "7 through a link",
            "7 there",
            "1",
            "2",
            "3",
            "of in/2",
            "4");
    assertThat(directory.resolve("file")).doesNotExist();
    assertThat(directory.resolve("gone")).doesNotExist();
    assertThat(directory.resolve("in/new")).hasContent("of old");
  }

  static final class Secure implements Callable<List<String>> {
    @Override
    public List<String> call() throws IOException {
      Path start = start();
      List<String> all = new ArrayList<>();
      try (SecureDirectoryStream<Path> paths =
          (SecureDirectoryStream<Path>) Files.newDirectoryStream(start)) {
        paths.forEach(path -> all.add(name(start, path)));
        all.add(paths.getFileAttributeView(BasicFileAttributeView.class).name());
        all.add(size(paths, Path.of("link")) + " through a link");
        all.add(size(paths, Path.of("file")) + " there");
        try (SecureDirectoryStream<Path> inside = paths.newDirectoryStream(Path.of("in"))) {
          inside.forEach(path -> all.add(name(start.resolve("in"), path)));
          try (var channel = inside.newByteChannel(Path.of("2"), Set.of(StandardOpenOption.READ))) {
            var bytes = java.nio.ByteBuffer.allocate(100);
            int read = channel.read(bytes);
            all.add(new String(bytes.array(), 0, read, StandardCharsets.UTF_8));
          }
          paths.move(Path.of("old"), inside, Path.of("new"));
        }
        paths.deleteFile(Path.of("file"));
        paths.deleteDirectory(Path.of("gone"));
      }
      try (Stream<Path> left = Files.list(start.resolve("in"))) {
        all.add("" + left.count());
      }
      return all;
    }

    private static long size(SecureDirectoryStream<Path> paths, Path path) throws IOException {
      return paths
          .getFileAttributeView(path, BasicFileAttributeView.class)
          .readAttributes()
          .size();
    }
  }

  // --- in every detail

  @Test
  void aDirectoryIsReadOnceAndInOrderAndLeftAsItIs() throws Exception {
    for (String name : List.of("c", "a", "b")) {
      Files.createFile(directory.resolve(name));
    }
    DirectoryStream<Path> paths = SortedDirectory.of(Files.newDirectoryStream(directory, "[bc]"));
    Iterator<Path> names = paths.iterator();

    assertThatIllegalStateException().isThrownBy(paths::iterator);
    assertThat(names.next()).isEqualTo(directory.resolve("b"));
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(names::remove);
    assertThat(names.hasNext()).isTrue();
    paths.close();
    assertThat(names.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(names::next);
    assertThatIllegalStateException().isThrownBy(paths::iterator);
    paths.close();
    assertThat(directory.resolve("b")).exists();
  }

  @Test
  void aWalkThatIsClosedIsOver() throws Exception {
    Stream<Path> paths = SortedTree.walk(directory, 1);
    Iterator<Path> iterator = paths.iterator();
    paths.close();

    assertThatIllegalStateException().isThrownBy(iterator::hasNext);
    assertThatIllegalStateException().isThrownBy(iterator::next);
  }

  @Test
  void aWalkThatCannotBeginIsRefusedAtOnce() {
    assertThat(run(Refused.class).value())
        .containsExactly(
            "java.nio.file.NoSuchFileException: " + directory.resolve("absent"),
            "java.lang.IllegalArgumentException: 'maxDepth' is negative",
            "java.lang.NullPointerException");
  }

  static final class Refused implements Callable<List<String>> {
    @Override
    public List<String> call() {
      List<String> all = new ArrayList<>();
      all.add(refusal(() -> Files.walk(start().resolve("absent"))));
      all.add(refusal(() -> Files.walk(start(), -1)));
      all.add(refusal(() -> Files.walk(start(), new FileVisitOption[1])));
      return all;
    }

    private static String refusal(Callable<Stream<Path>> walk) {
      try (Stream<Path> paths = walk.call()) {
        return paths.count() + " paths";
      } catch (NullPointerException e) {
        return e.getClass().getName();
      } catch (Exception e) {
        return e.getClass().getName() + ": " + e.getMessage();
      }
    }
  }

  /** What is deleted after its directory was given, and before it was read, is not asked for. */
  @Test
  void filesMayGoDuringAWalk() throws Exception {
    Path inside = Files.createDirectory(directory.resolve("in"));
    Path file = Files.createFile(inside.resolve("file"));
    List<Path> seen = new ArrayList<>();

    try (Stream<Path> paths = SortedTree.walk(directory, 5)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        seen.add(path);
        Files.deleteIfExists(file);
      }
    }

    assertThat(seen).containsExactly(directory, inside);
  }

  /** What the JDK gives, sorted name by name, is what a depth-first walk of sorted directories gives. */
  @Test
  void treesAreWalkedAsTheJdkDoes() throws Exception {
    Random random = new Random(20261126);
    int problems = 0;
    for (int i = 0; i < 60; i++) {
      Path start = Files.createDirectory(directory.resolve("tree " + i));
      List<Path> all = grow(start, random);
      for (Path from : List.of(start, all.get(random.nextInt(all.size())))) {
        for (int depth : List.of(0, 1, 2, 3, Integer.MAX_VALUE)) {
          for (FileVisitOption[] options : List.of(LINKS, NO_LINKS)) {
            List<Step> expected;
            try (Stream<Path> paths = Files.walk(from, depth, options)) {
              expected = steps(paths);
            }
            expected.sort(Comparator.comparing(Step::path, DirectoriesTest::nameByName));
            try (Stream<Path> paths = SortedTree.walk(from, depth, options)) {
              assertThat(steps(paths)).as("tree %s from %s", i, from).isEqualTo(expected);
            }
            problems += (int)
                expected.stream().filter(step -> !step.problem().isEmpty()).count();
          }
        }
      }
    }
    assertThat(problems).isGreaterThan(20);
  }

  /** A path, or the problem that came in its place. */
  private record Step(Path path, String problem) {}

  private static List<Step> steps(Stream<Path> paths) {
    List<Step> all = new ArrayList<>();
    Iterator<Path> iterator = paths.iterator();
    while (true) {
      try {
        if (!iterator.hasNext()) {
          return all;
        }
        all.add(new Step(iterator.next(), ""));
      } catch (UncheckedIOException e) {
        IOException cause = requireNonNull(e.getCause());
        all.add(new Step(
            Path.of(String.valueOf(cause.getMessage())), cause.getClass().getName()));
      }
    }
  }

  private static int nameByName(Path one, Path other) {
    for (int i = 0; i < Math.min(one.getNameCount(), other.getNameCount()); i++) {
      int order = one.getName(i).compareTo(other.getName(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.getNameCount(), other.getNameCount());
  }

  private static List<Path> grow(Path start, Random random) throws IOException {
    String[] names = {"a", "a-b", "a.b", "a b", "B", "b", "z", "ä"};
    List<Path> directories = new ArrayList<>(List.of(start));
    List<Path> all = new ArrayList<>(List.of(start));
    for (int i = 0; i < 25; i++) {
      Path path = directories
          .get(random.nextInt(directories.size()))
          .resolve(names[random.nextInt(names.length)]);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      switch (random.nextInt(5)) {
        case 0, 1 -> directories.add(Files.createDirectory(path));
        case 2 -> Files.createFile(path);
        case 3 -> link(path, all.get(random.nextInt(all.size())));
        default -> link(path, start.resolve("nowhere"));
      }
      all.add(path);
    }
    return all;
  }

  private static void link(Path link, Path to) throws IOException {
    try {
      Files.createSymbolicLink(link, to);
    } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
      assumeTrue(false, "links can be made here: " + e);
    }
  }

  // --- a trial

  private <T> Guarded<T> run(Class<? extends Callable<T>> work) {
    System.setProperty("stet.test.directory", directory.toString());
    try {
      return Guarded.run(GuardOptions.replace(), 1, work);
    } finally {
      System.clearProperty("stet.test.directory");
    }
  }

  private static Path start() {
    return Path.of(System.getProperty("stet.test.directory"));
  }

  private static String name(Path start, Path path) {
    return start.relativize(path).toString().replace('\\', '/');
  }
}
