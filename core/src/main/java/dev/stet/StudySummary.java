package dev.stet;

import java.util.List;
import java.util.Map;

/** What became of a study, on a page. */
final class StudySummary {
  private static final int MOST_REASONS = 10;

  private StudySummary() {}

  static String of(Study study, StudyAccount account) {
    StringBuilder page = new StringBuilder(head(study, account));
    String failures = Failures.explain(study.failed());
    if (!failures.isEmpty()) {
      page.append("\n\n").append(failures);
    }
    if (!account.notRun().isEmpty()) {
      page.append("\n\n")
          .append(Words.paragraph("The first "
              + Words.count(study.runs().size(), "run") + " all failed, so "
              + Words.count(account.notRun().size(), "seed") + " were not run."));
    }
    page.append(ranAgain(account));
    String varied = study.fingerprint().varied();
    if (!varied.isEmpty()) {
      page.append("\n\n")
          .append(Words.paragraph("The runs differ among themselves in: " + varied + "."));
    }
    return page.toString();
  }

  /** Paragraphs on what was on record and did not count, the most frequent reasons first. */
  static String ranAgain(StudyAccount account) {
    StringBuilder page = new StringBuilder();
    List<Map.Entry<String, Integer>> reasons = account.notReused().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .toList();
    for (Map.Entry<String, Integer> reason :
        reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      page.append("\n\n")
          .append(Words.paragraph(Words.count(reason.getValue(), "trial")
              + " on record ran again, since this differs: " + reason.getKey() + "."));
    }
    if (reasons.size() > MOST_REASONS) {
      int trials =
          reasons.stream().skip(MOST_REASONS).mapToInt(Map.Entry::getValue).sum();
      page.append("\n\n")
          .append(Words.paragraph(Words.count(trials, "more trial") + " ran again for "
              + Words.count(reasons.size() - MOST_REASONS, "other reason") + "."));
    }
    return page.toString();
  }

  /** Counts on one line. */
  static String head(Study study, StudyAccount account) {
    int runs = study.runs().size();
    int failed = study.failed().size();
    return study.experiment() + ": " + Words.count(runs, "run") + ", "
        + Words.number(study.executed()) + " executed now, " + Words.number(study.reused())
        + " reused; " + Words.number(runs - failed) + " completed, " + Words.number(failed)
        + " failed"
        + (account.retried() == 0
            ? "."
            : "; " + Words.number(account.retried()) + " took more than one attempt.");
  }
}
