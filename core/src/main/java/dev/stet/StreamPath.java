package dev.stet;

/** How messages and draw counts name a stream: {@code "shuffle"} or {@code "augment", 3, 17}. */
final class StreamPath {
  private StreamPath() {}

  /** The name stands in quotes with its own quotes escaped, so that no two paths read alike. */
  static String of(String name, long... index) {
    if (index.length == 0 && name.indexOf('"') < 0 && name.indexOf('\\') < 0) {
      return '"' + name + '"';
    }
    StringBuilder path = new StringBuilder();
    path.append('"').append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    for (long i : index) {
      path.append(", ").append(i);
    }
    return path.toString();
  }
}
