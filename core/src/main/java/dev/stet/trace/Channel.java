package dev.stet.trace;

import static java.util.Objects.requireNonNull;

/** What a record belongs to: a metric or a digest, by name. A metric and a digest of one name are two channels. */
record Channel(Kind kind, String name) implements Comparable<Channel> {
  enum Kind {
    METRIC,
    DIGEST
  }

  static Channel metric(String name) {
    return checked(Kind.METRIC, name);
  }

  static Channel digest(String name) {
    return checked(Kind.DIGEST, name);
  }

  private static Channel checked(Kind kind, String name) {
    return new Channel(kind, name(name));
  }

  static String name(String name) {
    if (requireNonNull(name, "name").isEmpty()) {
      throw new IllegalArgumentException(
          "a record's name must not be empty; name what is recorded, such as record(\"loss\", value).");
    }
    return name;
  }

  boolean isMetric() {
    return kind == Kind.METRIC;
  }

  @Override
  public int compareTo(Channel other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
