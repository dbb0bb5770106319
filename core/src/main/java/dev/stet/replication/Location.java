package dev.stet.replication;

import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.PairedT;
import dev.stet.statistics.SignedRank;
import dev.stet.statistics.Welch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The locations that can be compared, each with the estimators that witness its difference. */
enum Location {
  /** The median of all differences, confirmed by the difference of the means. */
  ROBUST("ranks and means") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(ranks(data), means(data));
    }
  },
  /** The means alone, where one side is known by its mean, its deviation and its size. */
  SUMMARY("means of a summary") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(means(data));
    }
  },
  /** The values themselves: nothing is estimated. */
  EXACT("exact equality") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(differences(data));
    }
  };

  private final String words;

  Location(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  abstract List<Estimator> estimators(Data data, Method method);

  /** Whether the difference is in units of the metric. */
  boolean isInUnits() {
    return true;
  }

  /** Whether unequal spreads of unequal samples make its intervals untrustworthy. */
  boolean assumesEqualSpreads() {
    return this != EXACT;
  }

  private static Estimator ranks(Data data) {
    if (data.hasUnrankedFailures()) {
      return Estimator.silent("ranks");
    }
    Pairing pairing = data.pairing();
    if (pairing == null) {
      HodgesLehmann shift = HodgesLehmann.of(data.rankedNow(), data.rankedBefore());
      return new Estimator("ranks", shift.estimate(), shift::interval);
    }
    if (pairing.ranked().length == 0) {
      return Estimator.silent("ranks");
    }
    SignedRank centre = SignedRank.of(pairing.ranked());
    return new Estimator("ranks", centre.estimate(), centre::interval);
  }

  private static Estimator means(Data data) {
    Estimator settled = withoutNumbers("means", data);
    if (settled != null) {
      return settled;
    }
    Pairing pairing = data.pairing();
    if (pairing != null) {
      PairedT paired = PairedT.of(pairing.completed());
      return new Estimator("means", paired.estimate(), paired::interval);
    }
    Welch welch = Welch.of(data.now(), data.before());
    return new Estimator("means", welch.estimate(), welch::interval);
  }

  /** The range of all differences, or of those of the pairs; the estimate is the largest of them. */
  private static Estimator differences(Data data) {
    Estimator settled = withoutNumbers("values", data);
    if (settled != null) {
      return settled;
    }
    Pairing pairing = data.pairing();
    double[] now = pairing == null ? data.now() : pairing.ranked();
    double[] before = pairing == null ? data.before() : new double[] {0};
    double lowest = smallest(now) - largest(before);
    double highest = largest(now) - smallest(before);
    return new Estimator(
        "values",
        highest >= -lowest ? highest : lowest,
        level -> new Interval(lowest, highest, level));
  }

  /** What is known where a side has no numbers; null if both have some. */
  private static @Nullable Estimator withoutNumbers(String name, Data data) {
    if (data.hasUnrankedFailures() || data.nothingCompleted()) {
      return Estimator.silent(name);
    }
    // A side of which no run completed has the worst location there is.
    if (data.now().length == 0) {
      return Estimator.certain(name, data.worst());
    }
    if (data.before().length == 0) {
      return Estimator.certain(name, -data.worst());
    }
    Pairing pairing = data.pairing();
    return pairing != null && pairing.completed().length == 0 ? Estimator.silent(name) : null;
  }

  private static double smallest(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
