package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Certainty;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import dev.stet.spi.Observation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is told of a trial when it is over. */
final class Findings {
  private final Watch watch;
  private final List<Finding> all = new ArrayList<>();

  private Findings(Watch watch) {
    this.watch = watch;
  }

  static Observation of(Watch watch) {
    Findings findings = new Findings(watch);
    Map<Integer, Long> known = watch.known();
    Map<Integer, Long> orphans = new TreeMap<>();
    watch.orphans().forEach(orphans::put);
    known.forEach((site, count) -> findings.site(site, count, findings.treatment(Sites.get(site))));
    orphans.forEach((site, count) -> findings.site(site, count, Treatment.ORPHAN));
    watch.late().forEach(findings::late);
    watch.inputs().forEach((input, count) -> findings.input(input, count.sum()));
    findings.all.addAll(watch.statics().findings());
    if (!watch.wasShared()) {
      findings.all.addAll(watch.probe().escaped(findings.plain(known, orphans)));
    }
    findings.all.addAll(NativeLibraries.findings());
    return Observation.of(findings.all)
        .withLimits(findings.limits())
        .withClasses(digest(known))
        .withFailing(findings.fails());
  }

  private boolean fails() {
    return watch.options.mode() == GuardMode.FAIL
        && all.stream().anyMatch(finding -> finding.certainty() != Certainty.INFORMATION);
  }

  private void site(int id, long count, Treatment treatment) {
    Site site = Sites.get(id);
    if (site.told()) {
      all.add(finding(site, site.kind(), treatment, site.api(), count));
    }
  }

  private void late(int id, long count) {
    Site site = Sites.get(id);
    if (site.told()) {
      String api = site.api() + " on a thread of an earlier trial";
      all.add(finding(site, Kind.CARRIED_OVER, Treatment.ORPHAN, api, count));
    }
  }

  private void input(Watch.Input input, long count) {
    Site site = Sites.get(input.site());
    Treatment treatment = input.orphan() ? Treatment.ORPHAN : Treatment.OBSERVED;
    all.add(finding(site, site.kind(), treatment, input.what(), count));
  }

  private static Finding finding(
      Site site, Kind kind, Treatment treatment, String api, long count) {
    return new Finding(
        kind,
        treatment,
        api,
        site.className(),
        site.method(),
        site.file(),
        site.line(),
        count,
        site.remedy());
  }

  private Treatment treatment(Site site) {
    GuardOptions options = watch.options;
    return switch (site.replaced()) {
      case IN_REPLACE -> replacedIf(watch.replacing);
      case WITH_UUIDS -> replacedIf(watch.replacing && options.has(GuardOptions.Switch.UUIDS));
      case WITH_SEQUENTIAL -> replacedIf(options.has(GuardOptions.Switch.SEQUENTIAL));
      case WITH_STRICT -> replacedIf(options.has(GuardOptions.Switch.STRICT));
      case WITH_THREADS ->
        watch.replacing && !ThreadSeed.isReachable()
            ? Treatment.NOT_FIXABLE
            : replacedIf(watch.replacing);
      case NEVER ->
        watch.replacing && site.kind().certainty() == Certainty.RISK
            ? Treatment.NOT_FIXABLE
            : Treatment.OBSERVED;
    };
  }

  private static Treatment replacedIf(boolean replaced) {
    return replaced ? Treatment.REPLACED : Treatment.OBSERVED;
  }

  private Probe.Plain plain(Map<Integer, Long> known, Map<Integer, Long> orphans) {
    Map<Integer, Long> plain = new TreeMap<>(orphans);
    watch.late().forEach((site, count) -> plain.merge(site, count, Long::sum));
    if (!watch.replacing) {
      known.forEach((site, count) -> plain.merge(site, count, Long::sum));
    }
    return new Probe.Plain(
        sum(plain, "new Random()"),
        sum(plain, "new SplittableRandom()"),
        sum(plain, "Math.random()"));
  }

  private static long sum(Map<Integer, Long> counts, String api) {
    return counts.entrySet().stream()
        .filter(one -> Sites.get(one.getKey()).api().equals(api))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>(Guard.limits());
    if (watch.wasShared()) {
      limits.add(
          "Another trial ran at the same time: what is on a thread of no known trial may be of that one,"
              + " generators in static fields are shared, and what went past the guard was not counted.");
    }
    return limits;
  }

  /** The sites of all classes that the trial used sites of: what replaced numbers are called by. */
  private static String digest(Map<Integer, Long> known) {
    TreeSet<String> classes = new TreeSet<>();
    known.keySet().forEach(site -> classes.add(Sites.get(site).className()));
    if (classes.isEmpty()) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : classes) {
        for (String key : Sites.keysOf(name)) {
          digest.update(key.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
