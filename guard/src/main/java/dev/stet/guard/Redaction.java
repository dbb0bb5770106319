package dev.stet.guard;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values of properties may stand in a report: those of the JDK that describe it. All others may be secrets. */
final class Redaction {
  private static final Pattern HARMLESS = Pattern.compile(
      "user\\.(language|country|variant|script|timezone|region)|file\\.(encoding|separator)|native\\.encoding"
          + "|stdout\\.encoding|sun\\.jnu\\.encoding|line\\.separator|path\\.separator|os\\.(name|arch|version)"
          + "|java\\.(version|vendor|vm\\.name|vm\\.version|specification\\.version|runtime\\.version)"
          + "|java\\.util\\.concurrent\\.ForkJoinPool\\.common\\..*");

  private Redaction() {}

  static String property(String name) {
    @Nullable String value = System.getProperty(name.isEmpty() ? " " : name);
    if (value == null) {
      return ", which is not set";
    }
    return HARMLESS.matcher(name).matches()
        ? " = " + value.replace("\r", "\\r").replace("\n", "\\n")
        : ", whose value is not shown";
  }

  static String variable(String name) {
    return System.getenv(name) == null ? ", which is not set" : ", whose value is not shown";
  }
}
