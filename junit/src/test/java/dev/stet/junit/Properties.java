package dev.stet.junit;

import java.util.Map;
import java.util.TreeMap;

/** System properties for the length of a test. */
final class Properties implements AutoCloseable {
  private final Map<String, String> before = new TreeMap<>();

  Properties with(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name, ""));
    System.setProperty(name, value);
    return this;
  }

  Properties without(String name) {
    before.putIfAbsent(name, System.getProperty(name, ""));
    System.clearProperty(name);
    return this;
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value.isEmpty()) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, value);
      }
    });
  }
}
