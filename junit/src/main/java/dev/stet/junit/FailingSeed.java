package dev.stet.junit;

import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file in which the seed of a failure is kept until the test passes: one for each test and invocation, so that tests
 * that run at once, in one JVM or several, never write the same.
 */
final class FailingSeed {
  static final String PROPERTY = "stet.failing-seeds";

  private static final System.Logger LOG = System.getLogger("dev.stet.junit");
  private static final String KEY = "seed=";

  private final TestName test;
  private final Path file;

  private FailingSeed(TestName test, Path file) {
    this.test = test;
    this.file = file;
  }

  static FailingSeed of(TestName test) {
    return new FailingSeed(
        test,
        folder(test).resolve(test.type().getName()).resolve(test.inFileForItself() + ".seed"));
  }

  private static Path folder(TestName test) {
    String chosen = System.getProperty(PROPERTY);
    if (chosen == null) {
      return TestFolders.build(test.type()).resolve("stet-failing-seeds");
    }
    if (chosen.isBlank()) {
      throw new IllegalArgumentException("the system property " + PROPERTY
          + " must name a folder; got \"" + chosen
          + "\". Leave it out to keep failing seeds below the build folder.");
    }
    return Path.of(chosen).toAbsolutePath();
  }

  Path file() {
    return file;
  }

  /** The seed that is kept; a file that cannot be read costs the memory, never the test. */
  Optional<Seed> read() {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith(KEY))
          .map(line -> Seed.parse(line.substring(KEY.length())))
          .findFirst();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the failing seed of " + test.words() + " cannot be read from " + file
              + ", so a fresh one is tried: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Writes the seed, whole or not at all. */
  void keep(Seed seed) throws IOException {
    String text = "# " + test.words()
        + " failed with this seed, and tries it first until it passes.\n" + KEY + seed + "\n";
    Path folder = file.getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, "seed", ".tmp");
    try {
      Files.writeString(temporary, text, StandardCharsets.UTF_8);
      move(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void move(Path temporary) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Forgets the seed, since the test passed with it. */
  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          test.words() + " passed with the seed that failed before, but " + file
              + " cannot be deleted, so it is tried again: " + e);
    }
  }
}
