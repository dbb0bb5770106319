package dev.stet.junit;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.Set;

/** The folders of the module that holds a test, found from where its classes lie: IDEs start tests in folders of their own. */
final class TestFolders {
  private static final Set<String> BUILD = Set.of("target", "build", "out", "bin");
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private TestFolders() {}

  /** The folder of a build, such as {@code target}: what is in it is not committed and can be deleted. */
  static Path build(Class<?> test) {
    Path module = module(test);
    return folderOf(test)
        .flatMap(classes -> buildBetween(module, classes))
        .orElseGet(() -> module.resolve(".stet"));
  }

  /** Never one above the module: a whole workspace may lie in a folder called build. */
  private static Optional<Path> buildBetween(Path module, Path classes) {
    for (Path folder = classes;
        folder != null && folder.startsWith(module) && !folder.equals(module);
        folder = folder.getParent()) {
      Path name = folder.getFileName();
      if (name != null && BUILD.contains(name.toString())) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** The test resources as they are committed, and not their copy on the class path. */
  static Path resources(Class<?> test) {
    return module(test).resolve(RESOURCES);
  }

  /** The nearest folder around the classes that has test sources; else the working folder. */
  static Path module(Class<?> test) {
    for (Path folder = folderOf(test).orElse(null); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("src").resolve("test"))) {
        return folder;
      }
    }
    return Path.of("").toAbsolutePath();
  }

  private static Optional<Path> folderOf(Class<?> test) {
    CodeSource source = test.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return Optional.empty();
    }
    try {
      URI place = source.getLocation().toURI();
      return Optional.of(Path.of(place).toAbsolutePath());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }
}
