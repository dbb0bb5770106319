package dev.stet.fingerprint;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The packages whose classes are the experiment's own code; the empty name is the unnamed package. */
record Roots(List<String> packages) {
  private static final Pattern SHARED =
      Pattern.compile("(io|com)\\.(github|gitlab)|org\\.bitbucket|org\\.(apache|eclipse)"
          + "|com\\.(google|microsoft|amazonaws)|[a-z]{2}\\.(com?|ac|edu|org|net|gov)");

  static Roots of(Collection<String> packages) {
    if (packages.isEmpty()) {
      throw new IllegalArgumentException(
          "roots must name at least one package; got none. Give the packages of your code, such as \"com.acme\".");
    }
    for (String name : packages) {
      if (!name.isEmpty()
          && !name.matches("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*")) {
        throw new IllegalArgumentException("roots must be names of packages; got \"" + name
            + "\". Write them like \"com.acme.model\".");
      }
    }
    return new Roots(List.copyOf(new TreeSet<>(packages)));
  }

  /**
   * The first two segments of the packages of the class that holds the body and of the class that wrote it; three where
   * the first two name nobody's code: those of hosts and of organisations with many projects, and public suffixes such
   * as {@code uk.ac}.
   */
  static Roots of(CapturedBody.Origin origin) {
    return of(List.of(start(origin.className()), start(origin.capturingClass())));
  }

  private static String start(String className) {
    String[] segments = className.split("\\.", -1);
    int home = segments.length - 1;
    boolean shared = home > 2 && SHARED.matcher(segments[0] + "." + segments[1]).matches();
    return String.join(".", List.of(segments).subList(0, Math.min(shared ? 3 : 2, home)));
  }

  /** The names for a reader, with something to see for the unnamed package. */
  String names() {
    return packages.stream()
        .map(name -> name.isEmpty() ? "\"\"" : name)
        .collect(Collectors.joining(", "));
  }

  boolean hold(String internalName) {
    int slash = internalName.lastIndexOf('/');
    String home = slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
    return packages.stream()
        .anyMatch(root -> home.equals(root) || (!root.isEmpty() && home.startsWith(root + ".")));
  }
}
