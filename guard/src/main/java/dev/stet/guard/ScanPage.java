package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Certainty;
import java.util.List;
import java.util.Locale;

/** What a scan found, as a page. */
final class ScanPage {
  private ScanPage() {}

  static String of(List<Scan.Place> places, int most) {
    StringBuilder page = new StringBuilder(head(places));
    places.stream()
        .filter(place -> !place.findings().isEmpty() && isWorse(place.findings().get(0)))
        .forEach(place -> append(page, place, most));
    if (places.stream().anyMatch(place -> place.unread() > 0)) {
      page.append("\n\nNot read, because they are broken or of a newer format than is known:");
      places.stream()
          .filter(place -> place.unread() > 0)
          .forEach(place -> page.append("\n  ")
              .append(count(place.unread(), "class", "classes"))
              .append(" of ")
              .append(place.path()));
    }
    if (places.stream().anyMatch(place -> !place.limits().isEmpty())) {
      page.append("\n\nNot looked at:");
      places.forEach(place -> place
          .limits()
          .forEach(
              limit -> page.append("\n  ").append(place.path()).append(": ").append(limit)));
    }
    return page.toString();
  }

  static String head(List<Scan.Place> places) {
    long classes = places.stream().mapToLong(Scan.Place::classes).sum();
    return count(sum(places, Certainty.DEFECT), "certain defect", "certain defects")
        + " and " + count(sum(places, Certainty.RISK), "risk", "risks") + " in "
        + count(classes, "class", "classes") + " of "
        + count(places.size(), "jar or folder", "jars and folders")
        + "; clocks, inputs and the like: "
        + count(sum(places, Certainty.INFORMATION), "place", "places") + ".";
  }

  private static long sum(List<Scan.Place> places, Certainty certainty) {
    return places.stream().mapToLong(place -> place.count(certainty)).sum();
  }

  private static boolean isWorse(Finding finding) {
    return finding.certainty() != Certainty.INFORMATION;
  }

  private static void append(StringBuilder page, Scan.Place place, int most) {
    List<Finding> findings = place.findings().stream().filter(ScanPage::isWorse).toList();
    page.append("\n\n")
        .append(place.path().getFileName())
        .append(": ")
        .append(count(place.count(Certainty.DEFECT), "certain defect", "certain defects"))
        .append(", ")
        .append(count(place.count(Certainty.RISK), "risk", "risks"));
    String before = "";
    for (Finding finding : findings.subList(0, Math.min(most, findings.size()))) {
      String what = finding.kind().words() + ": " + finding.api();
      if (!what.equals(before)) {
        page.append("\n  ").append(what);
        before = what;
      }
      page.append("\n    ").append(finding.place());
      if (finding.count() > 1) {
        page.append(", ").append(finding.count()).append(" times");
      }
    }
    if (findings.size() > most) {
      page.append("\n  and ")
          .append(count(findings.size() - most, "other place", "other places"))
          .append(": all with --all, or Scan.places()");
    }
  }

  static String count(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }
}
