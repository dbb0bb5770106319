package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Native libraries that the process has mapped and that are neither the JDK's nor the system's own. */
final class NativeLibraries {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Pattern LIBRARY = Pattern.compile("\\s(/\\S.*\\.so[.\\d]*)$");
  private static final Pattern SYSTEM = Pattern.compile(
      "(ld-linux.*|lib(c|m|dl|rt|pthread|util|z|gcc_s|stdc\\+\\+|resolv|nss_.*|nsl|crypt|cap|selinux|pcre.*"
          + "|systemd|gcrypt|lz4|lzma|zstd|gpg-error|tinfo|atomic)[-.].*)");

  private NativeLibraries() {}

  static List<Finding> findings() {
    TreeSet<String> names = new TreeSet<>();
    String home = System.getProperty("java.home", "");
    if (Files.isReadable(MAPS)) {
      try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
        lines.forEach(line -> name(line, home, names));
      } catch (IOException e) {
        return List.of();
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

  private static void name(String line, String home, TreeSet<String> names) {
    if (line.endsWith(".so") || line.contains(".so.")) {
      Matcher library = LIBRARY.matcher(line);
      if (library.find() && !library.group(1).startsWith(home)) {
        String path = library.group(1);
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (!SYSTEM.matcher(file).matches()) {
          names.add(file);
        }
      }
    }
  }
}
