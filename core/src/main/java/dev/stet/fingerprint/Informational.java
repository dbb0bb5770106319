package dev.stet.fingerprint;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who ran it, where and when. */
final class Informational {
  private Informational() {}

  static Map<String, Object> tree() {
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("host", host());
    tree.put("user", orLost(System.getProperty("user.name"), "the user's name"));
    tree.put("pid", ProcessHandle.current().pid());
    tree.put(
        "started",
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
            .toString());
    tree.put("workingDirectory", orLost(System.getProperty("user.dir"), "the working directory"));
    tree.put(
        "operatingSystemVersion",
        orLost(System.getProperty("os.version"), "the version of the operating system"));
    List<String> absent = absent(System.getProperty("java.class.path", ""));
    if (!absent.isEmpty()) {
      tree.put("absentClassPathEntries", absent);
    }
    return Collections.unmodifiableMap(tree);
  }

  /** Entries that do not exist supply no class, so they change nothing; they may explain why one is absent. */
  static List<String> absent(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty() && !new File(entry).exists())
        .toList();
  }

  /** Asks no name service: that can take seconds. */
  private static Object host() {
    try {
      Path name = Path.of("/proc/sys/kernel/hostname");
      if (Files.isReadable(name)) {
        return Files.readString(name).strip();
      }
    } catch (IOException e) {
      return new NotCaptured("the host's name cannot be read");
    }
    String variable = System.getenv("HOSTNAME");
    return orLost(variable == null ? System.getenv("COMPUTERNAME") : variable, "the host's name");
  }

  private static Object orLost(@Nullable String value, String what) {
    return value == null ? new NotCaptured(what + " is not known") : value;
  }
}
