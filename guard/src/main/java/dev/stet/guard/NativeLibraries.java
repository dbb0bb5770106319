package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Native libraries that the process has mapped and that are neither the JDK's nor the system's own. */
final class NativeLibraries {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern VERSION = Pattern.compile("\\.so[.\\d]*$");
  private static final Pattern SYSTEM = Pattern.compile(
      "(ld-linux.*|lib(c|m|dl|rt|pthread|util|z|gcc_s|stdc\\+\\+|resolv|nss_.*|nsl|crypt|cap|selinux|pcre.*"
          + "|systemd|gcrypt|lz4|lzma|zstd|gpg-error|tinfo|atomic)[-.].*)");

  private NativeLibraries() {}

  static List<Finding> findings() {
    TreeSet<String> names = new TreeSet<>();
    String home = System.getProperty("java.home", "");
    for (String path : mapped()) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      if (!path.startsWith(home) && !SYSTEM.matcher(file).matches()) {
        names.add(file);
      }
    }
    return names.stream()
        .map(name -> new Finding(
            Kind.NATIVE_LIBRARY,
            Treatment.OBSERVED,
            name,
            "",
            "",
            0,
            1,
            "Record its version and run it with one thread; it is not seen into."))
        .toList();
  }

  /** The paths of libraries; none where the system does not say. */
  private static Set<String> mapped() {
    Set<String> paths = new TreeSet<>();
    if (Files.isReadable(MAPS)) {
      try {
        String all = Files.readString(MAPS, StandardCharsets.ISO_8859_1);
        for (int at = all.indexOf(".so"); at >= 0; at = all.indexOf(".so", at + 1)) {
          int start = all.lastIndexOf('\n', at) + 1;
          int end = all.indexOf('\n', at);
          int path = all.indexOf('/', start);
          String name = all.substring(path, end < 0 ? all.length() : end);
          if (path < at && VERSION.matcher(name).find()) {
            paths.add(name);
          }
        }
      } catch (IOException e) {
        return paths;
      }
    }
    return paths;
  }
}
