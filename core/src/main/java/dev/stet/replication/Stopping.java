package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.statistics.GroupSequential;
import dev.stet.statistics.Spending;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When a study may stop early: how many runs it has at most, and after how many of them it is looked at. Declared
 * before it starts, so that the levels of all looks together keep the error rates of one.
 *
 * <p><i>Replicated</i> is not declared before {@value #FEWEST_TO_REPLICATE} fresh runs, unless the study ends
 * earlier, as the guards see nothing in fewer; what could have been spent on it before is kept for later looks.
 *
 * <p>Unless told otherwise, the error rate of <i>differs</i> is spent as {@code t^2.5} and that of <i>replicated</i> as
 * {@code t^1.75}, t being the share of the information. A large difference is found early whatever is spent early on
 * it, so that <i>differs</i> can wait with the rest; <i>replicated</i> begins with most of its information in.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Stopping {
  /** Fewer fresh runs show nothing to the guards. */
  static final int FEWEST_TO_REPLICATE = 10;

  private static final int FIRST = 5;

  /** Even looks from so many on are abbreviated. */
  private static final int MANY = 5;

  /** About so many looks: more save little, and take longer to plan. */
  private static final int LOOKS = 20;

  /** By simulation the least runs at a price of at most four points of power, with at most 20 runs. */
  private static final Spending TO_REPLICATE = Spending.power(1.75);

  private static final Spending TO_DIFFER = Spending.power(2.5);

  private final int[] looks;
  private final Spending toReplicate;
  private final Spending toDiffer;

  private Stopping(int[] looks, Spending toReplicate, Spending toDiffer) {
    this.looks = looks;
    this.toReplicate = toReplicate;
    this.toDiffer = toDiffer;
  }

  /**
   * Looks about twenty times, evenly, from the fifth run on: after every run if there are at most 30, after every second
   * if there are at most 50.
   *
   * @param max the most runs of the study, at least 2
   * @return the declaration
   */
  public static Stopping upTo(int max) {
    if (max < 2) {
      throw new IllegalArgumentException(
          "a study that may stop early must have at least 2 runs at most; got " + max
              + ". Give the number of runs that you could afford, such as 20.");
    }
    int step = Math.max(1, (int) Math.round((double) max / LOOKS - 0.01));
    int count = 1 + Math.max(0, max - FIRST) / step;
    int[] looks = new int[count];
    Arrays.setAll(looks, i -> max - (count - 1 - i) * step);
    return new Stopping(looks, TO_REPLICATE, TO_DIFFER);
  }

  /**
   * Looks after these numbers of runs.
   *
   * @param runs increasing, from 1 on, at most 200 of them; the last is the most runs of the study
   * @return the declaration
   */
  public static Stopping at(int... runs) {
    int[] looks = runs.clone();
    // The levels of any baseline would do: this refuses what has none.
    GroupSequential.pairedMeans(looks, TO_DIFFER, 0.05);
    return new Stopping(looks, TO_REPLICATE, TO_DIFFER);
  }

  /**
   * Returns a copy that spends both error rates in this way.
   *
   * @param both how those of <i>replicated</i> and <i>differs</i> are spent
   * @return the copy
   */
  public Stopping withSpending(Spending both) {
    return withSpending(both, both);
  }

  /**
   * Returns a copy that spends the error rates in these ways.
   *
   * @param replicated how that of <i>replicated</i> is spent
   * @param differs how that of <i>differs</i> is spent
   * @return the copy
   */
  public Stopping withSpending(Spending replicated, Spending differs) {
    return new Stopping(
        looks, requireNonNull(replicated, "replicated"), requireNonNull(differs, "differs"));
  }

  /**
   * Returns after how many runs the study is looked at.
   *
   * @return increasing numbers
   */
  public List<Integer> looks() {
    return IntStream.of(looks).boxed().toList();
  }

  /**
   * Returns the most runs of the study.
   *
   * @return the number of the last look
   */
  public int max() {
    return looks[looks.length - 1];
  }

  /** Whether a look may say that a study replicates. */
  boolean mayReplicate(int look) {
    return looks[look] >= FEWEST_TO_REPLICATE || look == looks.length - 1;
  }

  /** The levels of ranks and means at a look, in this order; with m = 0 for pairs. */
  List<Levels> levels(int m, int look, double alpha) {
    return List.of(
        new Levels(narrow(true, m, look, alpha), wide(true, m, look, alpha)),
        new Levels(narrow(false, m, look, alpha), wide(false, m, look, alpha)));
  }

  /** An interval on which nothing may rest yet is given the level of the other. */
  private double narrow(boolean ranks, int m, int look, double alpha) {
    int silent =
        (int) IntStream.range(0, looks.length).filter(i -> !mayReplicate(i)).count();
    return look < silent
        ? wide(ranks, m, look, alpha)
        : plan(ranks, m, Arrays.copyOfRange(looks, silent, looks.length), toReplicate, alpha)
            .level(look - silent);
  }

  private double wide(boolean ranks, int m, int look, double alpha) {
    return plan(ranks, m, looks, toDiffer, alpha / 2).level(look);
  }

  private static GroupSequential plan(
      boolean ranks, int m, int[] at, Spending spending, double rate) {
    if (m == 0) {
      return ranks
          ? GroupSequential.signedRanks(at, spending, rate)
          : GroupSequential.pairedMeans(at, spending, rate);
    }
    return ranks
        ? GroupSequential.ranks(m, at, spending, rate)
        : GroupSequential.means(m, at, spending, rate);
  }

  /**
   * Returns the first look at which a definitive verdict is possible, whatever the values.
   *
   * @param baselineRuns how many runs the baseline has; 0 if the study takes the baseline's own seeds, pair by pair
   * @return the number of fresh runs of that look; empty if there is none
   * @throws IllegalArgumentException if the number is negative
   */
  public OptionalInt firstChance(int baselineRuns) {
    if (baselineRuns < 0) {
      throw new IllegalArgumentException(
          "the runs of a baseline must be 0 or more; got " + baselineRuns + ".");
    }
    return firstChance(baselineRuns, Method.robust().alpha());
  }

  private OptionalInt firstChance(int m, double alpha) {
    return IntStream.range(0, looks.length)
        .filter(look -> looks[look] > 1 && m != 1)
        .filter(look -> canBound(m, looks[look], levels(m, look, alpha).get(0).wide())
            || (mayReplicate(look)
                && canBound(m, looks[look], levels(m, look, alpha).get(0).narrow())))
        .map(look -> looks[look])
        .findFirst();
  }

  private static boolean canBound(int m, int n, double level) {
    return Sizes.canBound(m, n, m == 0, level);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Stopping that
        && Arrays.equals(looks, that.looks)
        && toReplicate.equals(that.toReplicate)
        && toDiffer.equals(that.toDiffer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(looks), toReplicate, toDiffer);
  }

  /** Returns the declaration in words, such as {@code looks after 5, 10, 15, 20 runs}. */
  @Override
  public String toString() {
    int last = looks.length - 1;
    boolean evenly = last >= MANY
        && IntStream.range(1, last).allMatch(i -> looks[i + 1] - looks[i] == looks[1] - looks[0]);
    String numbers = evenly
        ? looks[0] + ", " + looks[1] + ", ..., " + looks[last]
        : IntStream.of(looks).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return "looks after " + numbers + " runs";
  }
}
