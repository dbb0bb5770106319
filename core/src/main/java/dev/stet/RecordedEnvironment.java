package dev.stet;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Environment;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.Settings;
import dev.stet.fork.JvmChange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** What a fingerprint says of the JVM of a run, and how a child of this JVM is made to be alike. */
final class RecordedEnvironment {
  static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";
  static final String ANY_COLLECTOR = "-XX:[+-]Use\\w+GC";

  private static final List<String> UNLOCKED =
      List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UnlockDiagnosticVMOptions");

  /** Options of HotSpot that a JVM on another machine takes too. */
  private static final List<String> PINNED = List.of(
      "BackgroundCompilation",
      "TieredCompilation",
      "TieredStopAtLevel",
      "UseLibmIntrinsic",
      "UseSharedSpaces",
      "hashCode");

  private final Map<?, ?> settings;
  private final Map<?, ?> runtime;

  private RecordedEnvironment(Object settings, Object runtime) {
    this.settings = settings instanceof Map<?, ?> map ? map : Map.of();
    this.runtime = runtime instanceof Map<?, ?> map ? map : Map.of();
  }

  static RecordedEnvironment of(Fingerprint fingerprint) {
    return new RecordedEnvironment(
        tree(fingerprint, Facet.SETTINGS), tree(fingerprint, Facet.RUNTIME));
  }

  private static Object tree(Fingerprint fingerprint, Facet facet) {
    Object value = fingerprint.facets().contains(facet) ? fingerprint.form(facet).value() : null;
    return value == null ? Map.of() : value;
  }

  /** That of this JVM, whose children are alike without being told. */
  static RecordedEnvironment ofThisJvm() {
    return new RecordedEnvironment(
        valueOf(Settings.standard().tree()), valueOf(Environment.current().runtime()));
  }

  private static Object valueOf(Map<String, Object> tree) {
    Object value = CanonicalForm.of(tree).value();
    return value == null ? Map.of() : value;
  }

  /** What a child needs to be told, so that it is like the JVM of the run; nothing where this JVM is so already. */
  JvmChange pinned() {
    return pinned(ofThisJvm());
  }

  JvmChange pinned(RecordedEnvironment here) {
    JvmChange change = JvmChange.NONE;
    if (!(locale("locale").equals(here.locale("locale"))
        && locale("displayLocale").equals(here.locale("displayLocale"))
        && locale("formatLocale").equals(here.locale("formatLocale")))) {
      change =
          change.withLocales(locale("locale"), locale("displayLocale"), locale("formatLocale"));
    }
    if (!timeZone().equals(here.timeZone()) && !timeZone().isEmpty()) {
      change = change.withTimeZone(TimeZone.getTimeZone(timeZone()));
    }
    if (!charset().equals(here.charset()) && !charset().isEmpty()) {
      change = change.withProperty("file.encoding", charset());
    }
    if (processors() > 0 && processors() != here.processors()) {
      change = change.withOptions(List.of("-XX:ActiveProcessorCount=" + processors()));
    }
    if (parallelism() > 0 && parallelism() != here.parallelism()) {
      change = change.withProperty(PARALLELISM, Integer.toString(parallelism()));
    }
    if (!collector().isEmpty() && !collector().equals(here.collector())) {
      change = withCollector(change, collector().orElseThrow());
    }
    return withOptions(change, here);
  }

  private JvmChange withOptions(JvmChange change, RecordedEnvironment here) {
    JvmChange changed = change;
    for (String name : PINNED) {
      String mine = option(name);
      if (mine != null && !mine.equals(here.option(name)) && here.option(name) != null) {
        changed = changed.withOptions(UNLOCKED).withOptions(List.of(chosen(name, mine)));
      }
    }
    return isInterpreted() && !here.isInterpreted()
        ? changed.withOptions(List.of("-Xint"))
        : changed;
  }

  private static String chosen(String name, String value) {
    return switch (value) {
      case "true" -> "-XX:+" + name;
      case "false" -> "-XX:-" + name;
      default -> "-XX:" + name + "=" + value;
    };
  }

  static JvmChange withCollector(JvmChange change, String collector) {
    return change
        .without(ANY_COLLECTOR)
        .withOptions(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+" + collector));
  }

  /** An option, unlocked. */
  static JvmChange with(JvmChange change, String name, String value) {
    return change.withOptions(UNLOCKED).withOptions(List.of(chosen(name, value)));
  }

  Locale locale(String name) {
    return Locale.forLanguageTag(text(settings, name));
  }

  String timeZone() {
    return text(settings, "timeZone");
  }

  String charset() {
    return text(settings, "charset");
  }

  /** 0 if unknown. */
  int processors() {
    return number("processors");
  }

  /** 0 if unknown. */
  int parallelism() {
    return number("commonPoolParallelism");
  }

  boolean isGuarded() {
    return runtime.get("guard") instanceof Map<?, ?>;
  }

  boolean isInterpreted() {
    return text(runtime, "java.vm.info").contains("interpreted");
  }

  /** The option that chooses the garbage collector, such as {@code UseG1GC}. */
  Optional<String> collector() {
    return options().keySet().stream()
        .map(String::valueOf)
        .filter(name -> name.matches("Use\\w+GC") && "true".equals(option(name)))
        .sorted()
        .findFirst();
  }

  /** The value of an option of HotSpot; null if it is unknown. */
  @Nullable
  String option(String name) {
    return options().get(name) instanceof Map<?, ?> option
            && option.get("value") instanceof String value
        ? value
        : null;
  }

  private Map<?, ?> options() {
    return runtime.get("options") instanceof Map<?, ?> options ? options : Map.of();
  }

  private int number(String name) {
    return runtime.get(name) instanceof Number number ? number.intValue() : 0;
  }

  private static String text(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof String text ? text : "";
  }
}
