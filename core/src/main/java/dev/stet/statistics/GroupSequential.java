package dev.stet.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The levels of the intervals of a study that is looked at several times while its values come in, so that the
 * chance that any of them leaves out the truth on a given side is no larger than for one look.
 *
 * <p>The looks are fixed before, by how many values are in. A {@link Spending spending rule} says how much of the
 * error rate may be used up to each look, by its share of the information, {@code 1 / (1/m + 1/n)} against a fixed
 * sample of m, or n for pairs. The interval of a look is then widened to the level at which just that is used.
 *
 * <ul>
 *   <li>Means: the estimates of all looks are jointly normal with independent increments in the information; the
 *       boundary of each look is found by integration, and its tail probability is the tail of the t interval.
 *       With estimated deviations that is an approximation: simulated, a rate of .05 came out as .050 to .054.
 *   <li>Ranks: the joint distribution of the Mann-Whitney counts against one fixed sample, and of the signed-rank sums,
 *       depends on nothing but the sizes. It is drawn from 250,000 random orders and their reverses (fewer beyond
 *       32 looks) with a fixed seed, the first look excepted, which is exact; the counts are rounded to the safe side
 *       and allow for two standard errors of the simulation. Beyond 500 values in all, the boundaries are those of
 *       means.
 *   <li>Small looks: one at which no interval of these sizes could have an end has a level so close to 1 that it
 *       has none.
 *   <li>Ties make rank intervals wider, never too narrow.
 * </ul>
 *
 * <p>References: Lan and DeMets 1983, doi:10.1093/biomet/70.3.659; Armitage, McPherson and Rowe 1969,
 * doi:10.2307/2343787; Jennison and Turnbull 2000, doi:10.1201/9780367805326.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class GroupSequential {
  /** The most looks of one study. */
  public static final int MOST_LOOKS = 200;

  private static final int MOST_RANKED = 500;
  private static final double LEAST = 1e-12;
  private static final int KEPT = 256;
  private static final ConcurrentMap<Design, GroupSequential> KNOWN = new ConcurrentHashMap<>();

  private final double[] tails;
  private final double[] spent;

  private enum Statistic {
    MEANS,
    RANKS
  }

  /** With m = 0 for pairs. */
  private record Design(
      Statistic statistic, int m, List<Integer> looks, Spending spending, double rate) {}

  private GroupSequential(double[] tails, double[] spent) {
    this.tails = tails;
    this.spent = spent;
  }

  /**
   * Plans {@link Welch} intervals against a sample that stays as it is.
   *
   * @param m the number of values of that sample, at least 1
   * @param looks how many values of the other are in at each look, increasing, at least 1
   * @param spending how the rate is spent
   * @param rate the error rate on one side of the interval, above 0 and at most 0.5
   * @return the levels
   */
  public static GroupSequential means(int m, int[] looks, Spending spending, double rate) {
    return of(Statistic.MEANS, requireFixed(m), looks, spending, rate);
  }

  /**
   * Plans {@link HodgesLehmann} intervals against a sample that stays as it is.
   *
   * @param m the number of values of that sample, at least 1
   * @param looks how many values of the other are in at each look, increasing, at least 1
   * @param spending how the rate is spent
   * @param rate the error rate on one side of the interval, above 0 and at most 0.5
   * @return the levels
   */
  public static GroupSequential ranks(int m, int[] looks, Spending spending, double rate) {
    return of(Statistic.RANKS, requireFixed(m), looks, spending, rate);
  }

  /**
   * Plans {@link PairedT} intervals.
   *
   * @param looks how many pairs are in at each look, increasing, at least 1
   * @param spending how the rate is spent
   * @param rate the error rate on one side of the interval, above 0 and at most 0.5
   * @return the levels
   */
  public static GroupSequential pairedMeans(int[] looks, Spending spending, double rate) {
    return of(Statistic.MEANS, 0, looks, spending, rate);
  }

  /**
   * Plans {@link SignedRank} intervals.
   *
   * @param looks how many pairs are in at each look, increasing, at least 1
   * @param spending how the rate is spent
   * @param rate the error rate on one side of the interval, above 0 and at most 0.5
   * @return the levels
   */
  public static GroupSequential signedRanks(int[] looks, Spending spending, double rate) {
    return of(Statistic.RANKS, 0, looks, spending, rate);
  }

  private static GroupSequential of(
      Statistic statistic, int m, int[] looks, Spending spending, double rate) {
    int[] copy = looks.clone();
    requireLooks(copy);
    Spending.requireRate(rate);
    Design design = new Design(statistic, m, IntStream.of(copy).boxed().toList(), spending, rate);
    GroupSequential known = KNOWN.get(design);
    if (known == null) {
      known = compute(design, copy);
      if (KNOWN.size() < KEPT) {
        KNOWN.put(design, known);
      }
    }
    return known;
  }

  private static GroupSequential compute(Design design, int[] looks) {
    int m = design.m;
    double[] information = IntStream.of(looks)
        .mapToDouble(n -> m == 0 ? n : 1 / (1.0 / m + 1.0 / n))
        .toArray();
    double[] spent = Arrays.stream(information)
        .map(in -> design.spending.spent(design.rate, in / information[looks.length - 1]))
        .toArray();
    boolean ranked =
        design.statistic == Statistic.RANKS && (long) m + looks[looks.length - 1] <= MOST_RANKED;
    double[] tails = ranked ? ranks(m, looks, spent) : JointNormal.tails(information, spent);
    return new GroupSequential(tails, spent);
  }

  private static double[] ranks(int m, int[] looks, double[] spent) {
    Tail first = Tail.ofLevel(level(spent[0]));
    long[] critical = m == 0
        ? RankPaths.paired(looks).critical(SignedRankNull.critical(looks[0], first), spent)
        : RankPaths.unpaired(m, looks).critical(RankSumNull.critical(looks[0], m, first), spent);
    ToDoubleBiFunction<Integer, Long> atMost =
        (n, u) -> m == 0 ? SignedRankNull.atMost(n, u) : RankSumNull.atMost(n, m, u);
    double[] tails = new double[looks.length];
    for (int look = 0; look < looks.length; look++) {
      long k = critical[look];
      // Half way to the next count, so that the interval of this level ends at this one.
      double below = k == 0 ? 0 : atMost.applyAsDouble(looks[look], k - 1);
      tails[look] = (below + atMost.applyAsDouble(looks[look], k)) / 2;
    }
    return tails;
  }

  /**
   * Returns the level of a look's interval.
   *
   * @param look 0 for the first
   * @return between 0 and 1, for {@code interval(level)}
   */
  public double level(int look) {
    return level(tails[look]);
  }

  private static double level(double tail) {
    return 1 - 2 * Math.max(LEAST, Math.min(0.5 - LEAST, tail));
  }

  /**
   * Returns the probability that a look's interval leaves on either side.
   *
   * @param look 0 for the first
   * @return half of what its level leaves
   */
  public double tail(int look) {
    return tails[look];
  }

  /**
   * Returns how much of the error rate is spent up to a look, with it.
   *
   * @param look 0 for the first
   * @return at most the rate, which it reaches at the last look
   */
  public double spent(int look) {
    return spent[look];
  }

  /**
   * Returns how many looks there are.
   *
   * @return at least 1
   */
  public int looks() {
    return tails.length;
  }

  private static int requireFixed(int m) {
    if (m < 1) {
      throw new IllegalArgumentException(
          "the sample to hold against must have at least one value; got " + m + ".");
    }
    return m;
  }

  private static void requireLooks(int[] looks) {
    if (looks.length == 0 || looks.length > MOST_LOOKS) {
      throw new IllegalArgumentException(
          "a study must have 1 to " + MOST_LOOKS + " looks; got " + looks.length + ".");
    }
    for (int i = 0; i < looks.length; i++) {
      if (looks[i] < 1 || (i > 0 && looks[i] <= looks[i - 1])) {
        throw new IllegalArgumentException(
            "looks must be increasing numbers of values from 1 on; got " + Arrays.toString(looks)
                + ". Give the sizes at which to look, such as 5, 10, 15, 20.");
      }
    }
  }
}
