package dev.stet.fork;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * In what a child JVM is unlike this one: its Java, its options, its system properties, its default locale and time zone.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class JvmChange {
  /** A child like this JVM. */
  public static final JvmChange NONE =
      new JvmChange(Optional.empty(), List.of(), List.of(), Map.of(), Map.of(), Optional.empty());

  private final Optional<Path> java;
  private final List<String> dropped;
  private final List<String> options;
  private final Map<String, String> properties;
  private final Map<Part, Locale> locales;
  private final Optional<TimeZone> timeZone;

  /** Which of the default locales. */
  private enum Part {
    MAIN,
    DISPLAY,
    FORMAT
  }

  private JvmChange(
      Optional<Path> java,
      List<String> dropped,
      List<String> options,
      Map<String, String> properties,
      Map<Part, Locale> locales,
      Optional<TimeZone> timeZone) {
    this.java = java;
    this.dropped = dropped;
    this.options = options;
    this.properties = properties;
    this.locales = locales;
    this.timeZone = timeZone;
  }

  /**
   * Starts another Java.
   *
   * @param home its home, the folder that holds {@code bin}
   * @return a copy
   */
  public JvmChange withJava(Path home) {
    return new JvmChange(
        Optional.of(launcher(home)), dropped, options, properties, locales, timeZone);
  }

  /** The launcher of the Java in a folder. */
  static Path launcher(Path home) {
    return home.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
  }

  /**
   * Adds options after those of this JVM, so that they win.
   *
   * @param more for the launcher
   * @return a copy
   */
  public JvmChange withOptions(List<String> more) {
    return new JvmChange(java, dropped, joined(options, more), properties, locales, timeZone);
  }

  /**
   * Leaves out options of this JVM that cannot stand beside others, such as the choice of a garbage collector.
   *
   * @param regexes what whole options match
   * @return a copy
   */
  public JvmChange without(String... regexes) {
    return new JvmChange(
        java, joined(dropped, List.of(regexes)), options, properties, locales, timeZone);
  }

  /**
   * Sets a system property, from the start of the JVM on.
   *
   * @param name its name
   * @param value its value
   * @return a copy
   */
  public JvmChange withProperty(String name, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
    return new JvmChange(
        java, dropped, options, Collections.unmodifiableMap(more), locales, timeZone);
  }

  /**
   * Sets the default locale, for formats and messages too.
   *
   * @param locale the locale
   * @return a copy
   */
  public JvmChange withLocale(Locale locale) {
    return withLocales(locale, locale, locale)
        .withProperty("user.language", locale.getLanguage())
        .withProperty("user.country", locale.getCountry())
        .withProperty("user.script", locale.getScript());
  }

  /**
   * Sets the three default locales one by one, as {@link Locale#setDefault(Locale.Category, Locale)} does.
   *
   * @param locale the default
   * @param display of messages
   * @param format of numbers and dates
   * @return a copy
   */
  public JvmChange withLocales(Locale locale, Locale display, Locale format) {
    return new JvmChange(
        java,
        dropped,
        options,
        properties,
        Map.of(Part.MAIN, locale, Part.DISPLAY, display, Part.FORMAT, format),
        timeZone);
  }

  /**
   * Sets the default time zone.
   *
   * @param zone the zone
   * @return a copy
   */
  public JvmChange withTimeZone(TimeZone zone) {
    JvmChange changed = withProperty("user.timezone", zone.getID());
    return new JvmChange(
        java, dropped, options, changed.properties, locales, Optional.of((TimeZone) zone.clone()));
  }

  private static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  JvmCommand applied(JvmCommand command) {
    List<String> all = new ArrayList<>();
    command.options().stream()
        .filter(option -> dropped.stream().noneMatch(option::matches))
        .forEach(all::add);
    properties.forEach((name, value) -> all.add("-D" + name + "=" + value));
    all.addAll(options);
    return new JvmCommand(java.orElse(command.java()), List.copyOf(all), command.classPath());
  }

  Surroundings applied(Surroundings here) {
    Map<String, String> all = new TreeMap<>(here.properties());
    all.putAll(properties);
    return new Surroundings(
        Collections.unmodifiableMap(all),
        locales.getOrDefault(Part.MAIN, here.locale()),
        locales.getOrDefault(Part.DISPLAY, here.display()),
        locales.getOrDefault(Part.FORMAT, here.format()),
        timeZone.orElse(here.timeZone()));
  }

  /** Returns what a child is started with besides what this JVM has. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    java.ifPresent(path -> words.add(path.toString()));
    properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
    words.addAll(options);
    return String.join(" ", words);
  }
}
