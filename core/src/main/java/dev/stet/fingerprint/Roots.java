package dev.stet.fingerprint;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The packages whose classes are the experiment's own code; the empty name is the unnamed package. */
record Roots(List<String> packages) {
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

  /** The first two segments of the packages of the class that holds the body and of the class that wrote it. */
  static Roots of(CapturedBody.Origin origin) {
    return of(List.of(start(origin.className()), start(origin.capturingClass())));
  }

  private static String start(String className) {
    String[] segments = className.split("\\.", -1);
    return String.join(".", List.of(segments).subList(0, Math.min(2, segments.length - 1)));
  }

  boolean hold(String internalName) {
    int slash = internalName.lastIndexOf('/');
    String home = slash < 0 ? "" : internalName.substring(0, slash).replace('/', '.');
    return packages.stream()
        .anyMatch(root -> home.equals(root) || (!root.isEmpty() && home.startsWith(root + ".")));
  }
}
