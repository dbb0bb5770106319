package dev.stet;

import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Findings as messages print them: the worst by name, the rest by number. */
final class FindingsPage {
  private static final int NAMED = 3;

  private FindingsPage() {}

  /** The message of a trial that the guard failed. */
  static String failure(String experiment, Observation seen) {
    return experiment + " used what is not its own, and the guard forbids that: "
        + Words.count(seen.findings().size(), "place") + ".\n\n" + page(seen.findings())
        + limits(seen.limits());
  }

  /** What was found in either of two runs that parted; empty if nothing was, and nothing was missed. */
  static String explain(Observation one, Observation other) {
    List<Finding> findings = merged(one.findings(), other.findings());
    Set<String> limits = new LinkedHashSet<>(one.limits());
    limits.addAll(other.limits());
    if (findings.isEmpty()) {
      return limits(limits);
    }
    List<Finding> suspects = findings.stream()
        .filter(finding -> finding.treatment() != Finding.Treatment.REPLACED)
        .toList();
    int replaced = findings.size() - suspects.size();
    String also = replaced == 0
        ? ""
        : " " + Words.count(replaced, "other place") + " had a stream of the trial put in.";
    if (suspects.isEmpty()) {
      return "\n\n"
          + Words.paragraph("The guard saw " + Words.count(replaced, "place")
              + " that took what is not the trial's own, and put a stream of the trial in.")
          + limits(limits);
    }
    String head = "The guard saw " + Words.count(suspects.size(), "place")
        + " where something came from outside the trial, the likeliest reason first." + also;
    return "\n\n" + Words.paragraph(head) + "\n\n" + page(suspects) + limits(limits);
  }

  /** One entry for each source; of two counts the larger. */
  private static List<Finding> merged(List<Finding> one, List<Finding> other) {
    Map<Finding, Finding> bySource = new LinkedHashMap<>();
    List<Finding> all = new ArrayList<>(one);
    all.addAll(other);
    for (Finding finding : all) {
      bySource.merge(
          finding.withCount(1), finding, (a, b) -> a.count() >= b.count() ? a : b);
    }
    return bySource.values().stream().sorted().toList();
  }

  private static String page(List<Finding> findings) {
    StringBuilder page = new StringBuilder();
    findings.stream().limit(NAMED).forEach(finding -> append(page, finding));
    if (findings.size() > NAMED) {
      page.append("\n    and ")
          .append(Words.count(findings.size() - NAMED, "other place"))
          .append(": see Run.findings()");
    }
    return page.substring(1);
  }

  private static void append(StringBuilder page, Finding finding) {
    page.append("\n    ")
        .append(finding.kind().words())
        .append(": ")
        .append(finding.api())
        .append(", ")
        .append(Words.count(finding.count(), "time"));
    if (finding.treatment() != Finding.Treatment.OBSERVED) {
      page.append(", ").append(finding.treatment().words());
    }
    if (!finding.place().isEmpty()) {
      page.append("\n      at ").append(finding.place());
    }
    if (!finding.remedy().isEmpty()) {
      page.append('\n').append(Words.paragraph(finding.remedy()).indent(4).stripTrailing());
    }
  }

  private static String limits(Collection<String> limits) {
    return limits.isEmpty()
        ? ""
        : "\n\n" + Words.paragraph("What the guard could not see: " + String.join(" ", limits));
  }
}
