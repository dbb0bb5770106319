package dev.stet.fingerprint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine, as far as it can change the bits of a result. */
final class Hardware {
  /** How the kernel writes that there is no limit, in both versions; the number is 2^63 cut to a page. */
  private static final Set<Object> UNLIMITED =
      Set.of("max", "max 100000", "-1", "9223372036854771712");

  private static final Pattern NUMERICAL = Pattern.compile(
      "(?i).*(blas|lapack|mkl|atlas|blis|armpl|accelerate|veclib|cuda|cudnn|nvrtc|libomp|libgomp|libiomp|libtorch"
          + "|tensorflow|onnxruntime|libm\\.so|libm-|jsvml|svml|nd4j|xgboost|lightgbm).*");
  private static final Pattern VECTOR =
      Pattern.compile("(sse|ssse|avx|fma|f16c|amx|asimd|sve|neon|fphp).*");

  private static final Pattern MAJOR_MINOR = Pattern.compile("\\d+(\\.\\d+)?");

  private Hardware() {}

  static Map<String, Object> tree(Object gpu) {
    return tree(Path.of("/"), gpu);
  }

  static Map<String, Object> tree(Path root, Object gpu) {
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("architecture", property("os.arch"));
    tree.put("operatingSystem", property("os.name"));
    tree.put("operatingSystemVersion", majorMinor(property("os.version")));
    processor(root.resolve("proc/cpuinfo"), tree);
    tree.put("containerProcessors", limit(root, "cpu.max", "cpu/cpu.cfs_quota_us"));
    tree.put("containerMemory", limit(root, "memory.max", "memory/memory.limit_in_bytes"));
    tree.put("nativeLibraries", libraries(root.resolve("proc/self/maps")));
    tree.put("gpu", gpu);
    return Collections.unmodifiableMap(tree);
  }

  private static Object property(String name) {
    String value = System.getProperty(name);
    return value == null ? new NotCaptured(name + " is not set") : value;
  }

  /** A kernel's version goes on with the number of its build, which differs between machines that compute alike. */
  static Object majorMinor(Object version) {
    Matcher numbers = MAJOR_MINOR.matcher(version.toString());
    return version instanceof String && numbers.lookingAt() ? numbers.group() : version;
  }

  private static void processor(Path cpuinfo, Map<String, Object> tree) {
    Optional<String> text = read(cpuinfo);
    if (text.isEmpty()) {
      NotCaptured lost = new NotCaptured("this system has no readable /proc/cpuinfo");
      tree.put("processor", lost);
      tree.put("vectorInstructions", lost);
      return;
    }
    Map<String, String> first = new TreeMap<>();
    for (String line : text.get().lines().toList()) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        first.putIfAbsent(parts[0].strip(), parts[1].strip());
      }
    }
    // On ARM there is no model name, but numbers of the implementer and the part.
    String name = Stream.of(
            "model name",
            "cpu family",
            "model",
            "stepping",
            "CPU implementer",
            "CPU part",
            "CPU variant")
        .filter(first::containsKey)
        .map(key -> key + " " + first.get(key))
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
    tree.put(
        "processor", name.isEmpty() ? new NotCaptured("/proc/cpuinfo names no processor") : name);
    String flags = first.getOrDefault("flags", first.getOrDefault("Features", ""));
    tree.put(
        "vectorInstructions",
        List.copyOf(new TreeSet<>(Arrays.stream(flags.split("\\s+"))
            .filter(flag -> VECTOR.matcher(flag).matches())
            .toList())));
  }

  /** A limit of this process's own control group, in the words of the kernel; the second version first. */
  private static Object limit(Path root, String unified, String legacy) {
    Path groups = root.resolve("sys/fs/cgroup");
    String own = read(root.resolve("proc/self/cgroup"))
        .flatMap(text -> text.lines().filter(line -> line.startsWith("0::/")).findFirst())
        .map(line -> line.substring("0::/".length()))
        .orElse("");
    return read(groups.resolve(own).resolve(unified))
        .or(() -> read(groups.resolve(unified)))
        .or(() -> read(groups.resolve(legacy)))
        .map(text -> (Object) text.strip())
        .filter(text -> !UNLIMITED.contains(text))
        .orElse("none");
  }

  /** As mapped when this is read, before the first run: what the body loads later is not among them. */
  private static Object libraries(Path maps) {
    Optional<String> text = read(maps);
    if (text.isEmpty()) {
      return new NotCaptured("this system has no readable /proc/self/maps");
    }
    TreeMap<String, Object> libraries = new TreeMap<>();
    for (String line : text.get().lines().toList()) {
      int slash = line.indexOf('/');
      Path file = Path.of(slash < 0 ? "" : line.substring(slash));
      String name = String.valueOf(file.getFileName());
      boolean shared = name.contains(".so") || name.endsWith(".dylib");
      if (slash >= 0 && shared && NUMERICAL.matcher(name).matches()) {
        libraries.computeIfAbsent(name, any -> digest(file));
      }
    }
    return Collections.unmodifiableMap(libraries);
  }

  private static Object digest(Path file) {
    try {
      return DataDigest.sha256(file);
    } catch (IOException e) {
      return new NotCaptured("the file of the library cannot be read");
    }
  }

  static Object gpu(Command command) {
    Command.Outcome outcome = command.run(
        null,
        List.of(
            "nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"));
    if (outcome.failure().isPresent()) {
      String reason = outcome.failure().get();
      // A machine without the program is a machine without such a processor, as far as anybody can
      // tell.
      return reason.equals("nvidia-smi is not installed")
          ? "none seen: " + reason
          : new NotCaptured(reason);
    }
    return outcome.succeeded()
        ? List.of((Object[]) outcome.text().split("\\R"))
        : new NotCaptured("nvidia-smi failed with exit code " + outcome.exit());
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
