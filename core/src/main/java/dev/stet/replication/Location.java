package dev.stet.replication;

import dev.stet.seeds.Seed;
import dev.stet.statistics.BrunnerMunzel;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.Interval;
import dev.stet.statistics.PairedT;
import dev.stet.statistics.SignedRank;
import dev.stet.statistics.StudentisedPermutation;
import dev.stet.statistics.TrimmedT;
import dev.stet.statistics.Welch;
import dev.stet.statistics.Yuen;
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
  /** The means alone. */
  MEAN("means") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(method.isPermuting() ? permuted("means", data, 0, method) : means(data));
    }
  },
  /** The means without the smallest and the largest fifth of the runs. */
  TRIMMED("trimmed means") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(
          method.isPermuting() ? permuted("trimmed means", data, TRIM, method) : trimmed(data));
    }
  },
  /** How often a fresh run is higher than one of the baseline, less one half. */
  PROBABILITY("probability of improvement") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(probability(data, method));
    }

    @Override
    boolean isInUnits() {
      return false;
    }

    @Override
    boolean assumesEqualSpreads() {
      return false;
    }
  },
  /** The means alone, where one side is known by its mean, its deviation and its size. */
  SUMMARY("means of a summary"),
  /** The mean of the middle half of all runs on all data sets. */
  INTERQUARTILE("interquartile mean over all") {
    @Override
    boolean isOverAll() {
      return true;
    }
  },
  /** How often a fresh run is higher than one of the baseline on the same data set, less one half. */
  IMPROVEMENT("probability of improvement over all") {
    @Override
    boolean isInUnits() {
      return false;
    }

    @Override
    boolean isOverAll() {
      return true;
    }
  },
  /** The values themselves: nothing is estimated. */
  EXACT("exact equality") {
    @Override
    List<Estimator> estimators(Data data, Method method) {
      return List.of(differences(data));
    }

    @Override
    boolean assumesEqualSpreads() {
      return false;
    }
  };

  /** The share that is left out at either end. */
  private static final double TRIM = 0.2;

  /** The probability of improvement when nothing changed. */
  private static final double EVEN = 0.5;

  private final String words;

  Location(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  List<Estimator> estimators(Data data, Method method) {
    throw new IllegalStateException(words + " has no witness of two samples of values alone");
  }

  /** Whether several samples are judged together. */
  boolean isOverAll() {
    return false;
  }

  /** Whether the difference is in units of the metric. */
  boolean isInUnits() {
    return true;
  }

  /** Whether unequal spreads of unequal samples make its intervals untrustworthy. */
  boolean assumesEqualSpreads() {
    return true;
  }

  /** Whether its intervals can come from permutations. */
  boolean canPermute() {
    return this == MEAN || this == TRIMMED || this == PROBABILITY;
  }

  private static Estimator ranks(Data data) {
    if (data.hasUnrankedFailures()) {
      return Estimator.silent("ranks");
    }
    Pairing pairing = data.pairing();
    if (pairing == null) {
      HodgesLehmann shift = HodgesLehmann.of(data.rankedNow(), data.rankedBefore());
      return new Estimator("ranks", shift.estimate(), shift::interval, shift::pValue);
    }
    if (pairing.ranked().length == 0) {
      return Estimator.silent("ranks");
    }
    SignedRank centre = SignedRank.of(pairing.ranked());
    return new Estimator("ranks", centre.estimate(), centre::interval, centre::pValue);
  }

  private static Estimator means(Data data) {
    Estimator settled = withoutNumbers("means", data);
    if (settled != null) {
      return settled;
    }
    Pairing pairing = data.pairing();
    if (pairing != null) {
      PairedT paired = PairedT.of(pairing.completed());
      return new Estimator("means", paired.estimate(), paired::interval, paired::pValue);
    }
    Welch welch = Welch.of(data.now(), data.before());
    return new Estimator("means", welch.estimate(), welch::interval, welch::pValue);
  }

  private static Estimator trimmed(Data data) {
    Estimator settled = withoutNumbers("trimmed means", data);
    if (settled != null) {
      return settled;
    }
    Pairing pairing = data.pairing();
    if (pairing != null) {
      TrimmedT paired = TrimmedT.of(pairing.completed(), TRIM);
      return new Estimator("trimmed means", paired.estimate(), paired::interval, paired::pValue);
    }
    Yuen yuen = Yuen.of(data.now(), data.before(), TRIM);
    return new Estimator("trimmed means", yuen.estimate(), yuen::interval, yuen::pValue);
  }

  private static Estimator permuted(String name, Data data, double trim, Method method) {
    Estimator settled = withoutNumbers(name, data);
    if (settled != null) {
      return settled;
    }
    Pairing pairing = data.pairing();
    Seed seed = method.seed().child("location");
    StudentisedPermutation permutation = pairing == null
        ? StudentisedPermutation.of(data.now(), data.before(), trim, seed)
        : StudentisedPermutation.ofPairs(pairing.completed(), trim, seed);
    return new Estimator(name, permutation.estimate(), permutation::interval, permutation::pValue);
  }

  /** Failed runs rank worst, as they do by ranks. */
  private static Estimator probability(Data data, Method method) {
    if (data.hasUnrankedFailures() || data.nothingCompleted()) {
      return Estimator.silent("probability");
    }
    BrunnerMunzel test = BrunnerMunzel.of(data.rankedNow(), data.rankedBefore());
    BrunnerMunzel chosen =
        method.isPermuting() ? test.permutation(method.seed().child("location")) : test;
    return new Estimator(
        "probability",
        chosen.estimate() - EVEN,
        level -> {
          Interval interval = chosen.interval(level);
          return new Interval(interval.lower() - EVEN, interval.upper() - EVEN, level);
        },
        (difference, alternative) -> Math.abs(difference) <= EVEN
            ? chosen.pValue(difference + EVEN, alternative)
            : Double.NaN);
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
