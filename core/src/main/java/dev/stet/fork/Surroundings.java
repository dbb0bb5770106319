package dev.stet.fork;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * What a program may have changed in its JVM since it was started and a piece of work may depend on: system properties,
 * default locales and time zone. A worker takes them over, so that the work finds what it would find here.
 *
 * @param properties the system properties
 * @param locale the default locale
 * @param display the default locale of texts
 * @param format the default locale of formats
 * @param timeZone the default time zone
 */
record Surroundings(
    Map<String, String> properties, Locale locale, Locale display, Locale format, TimeZone timeZone)
    implements Serializable {
  /** How this very JVM was started. */
  private static final List<String> OWN = List.of(
      "sun.java.",
      "jdk.module.",
      "java.class.",
      // What a JVM says of itself, which need not be like this one.
      "java.home",
      "java.runtime.",
      "java.specification.",
      "java.vendor",
      "java.version",
      "java.vm.",
      "sun.boot.",
      "sun.management.",
      "user.dir",
      "stdout.",
      "stderr.",
      "stdin.",
      // Which ledgers this very JVM writes to.
      "dev.stet.ledger.");

  static Surroundings ofThisJvm() {
    Map<String, String> properties = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> OWN.stream().noneMatch(name::startsWith))
        .forEach(name -> properties.put(name, System.getProperty(name, "")));
    return new Surroundings(
        Collections.unmodifiableMap(properties),
        Locale.getDefault(),
        Locale.getDefault(Locale.Category.DISPLAY),
        Locale.getDefault(Locale.Category.FORMAT),
        TimeZone.getDefault());
  }

  void takeOver() {
    properties.forEach(System::setProperty);
    Locale.setDefault(locale);
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
    TimeZone.setDefault(timeZone);
  }
}
