package dev.stet.junit;

import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** The guard of this JVM, if there is one, and the words of what it saw in a test. */
final class GuardWatch {
  private static final int NAMED = 5;

  private GuardWatch() {}

  /** The guard, if one is active now. */
  static Optional<TrialWatcher> active() {
    for (ClassLoader loader : loaders()) {
      try {
        for (TrialWatcher watcher : ServiceLoader.load(TrialWatcher.class, loader)) {
          if (!watcher.settings().isEmpty()) {
            return Optional.of(watcher);
          }
        }
      } catch (ServiceConfigurationError e) {
        throw new IllegalStateException(
            "the guard cannot be loaded, so nothing can watch this test: " + e.getMessage(), e);
      }
    }
    return Optional.empty();
  }

  private static List<@Nullable ClassLoader> loaders() {
    List<@Nullable ClassLoader> loaders = new ArrayList<>();
    loaders.add(TrialWatcher.class.getClassLoader());
    loaders.add(Thread.currentThread().getContextClassLoader());
    return loaders;
  }

  static String missing(TestName test) {
    return test.words()
        + " is @Guarded, and no guard is active in this JVM, so nothing could be said of it.\n\n"
        + "  Add dev.stet:stet-guard to the test class path and start the JVM of the tests with its agent: in"
        + " Surefire, <argLine>-javaagent:path/to/stet-guard.jar</argLine>.\n"
        + "  Or let the test run unguarded where none is: @Guarded(ifAvailable = true).";
  }

  /** What must not be in a test: what was replaced is the test's own, and information harms nobody. */
  static List<Finding> forbidden(Observation seen) {
    return seen.findings().stream()
        .filter(finding -> finding.certainty() != Finding.Certainty.INFORMATION)
        .toList();
  }

  static AssertionFailedError failure(TestName test, Observation seen) {
    List<Finding> forbidden = forbidden(seen);
    StringBuilder page = new StringBuilder(test.words())
        .append(" used what is not its own, and @Guarded forbids that: ")
        .append(forbidden.size() == 1 ? "1 place." : forbidden.size() + " places.")
        .append('\n');
    forbidden.stream().limit(NAMED).forEach(finding -> append(page, finding));
    if (forbidden.size() > NAMED) {
      page.append("\n  and ").append(forbidden.size() - NAMED).append(" more.");
    }
    return new AssertionFailedError(page.toString().stripTrailing());
  }

  private static void append(StringBuilder page, Finding finding) {
    page.append("\n  ").append(line(finding)).append('\n');
    if (!finding.place().isEmpty()) {
      page.append("    at ").append(finding.place()).append('\n');
    }
    if (!finding.remedy().isEmpty()) {
      page.append("    ").append(finding.remedy()).append('\n');
    }
  }

  /** One finding in a line. */
  static String line(Finding finding) {
    String times = finding.count() == 1 ? "1 time" : finding.count() + " times";
    String treatment = finding.treatment() == Finding.Treatment.OBSERVED
        ? ""
        : ", " + finding.treatment().words();
    return finding.kind().words() + ": " + finding.api() + ", " + times + treatment;
  }
}
