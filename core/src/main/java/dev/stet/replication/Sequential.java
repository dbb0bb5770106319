package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison with a baseline that is looked at while the runs come in, as a {@link Stopping} declares, and that ends
 * when it is decided.
 *
 * <p>At each look the intervals of both witnesses are widened so that all looks together have the error rates of one
 * look at a finished study; then the rules are those of {@link Baseline#compare(Sample, Margin)}. Every look is on
 * record in {@link Evidence#looks()}, and the reason says at which one it stopped.
 *
 * <p>Looks come in their order and at their sizes, each with the runs of the one before and the next ones; anything
 * else is refused. With the baseline's own seeds, the runs so far are compared pair by pair.
 *
 * <p>Immutable and safe for use by several threads: {@link #look} returns what is known after it.
 *
 * @since 0.1
 */
public final class Sequential {
  private final Baseline baseline;
  private final Margin margin;
  private final Method method;
  private final Stopping stopping;
  private final @Nullable Sample seen;
  private final List<Look> looks;
  private final @Nullable Verdict verdict;

  private Sequential(
      Baseline baseline,
      Margin margin,
      Method method,
      Stopping stopping,
      @Nullable Sample seen,
      List<Look> looks,
      @Nullable Verdict verdict) {
    this.baseline = baseline;
    this.margin = margin;
    this.method = method;
    this.stopping = stopping;
    this.seen = seen;
    this.looks = looks;
    this.verdict = verdict;
  }

  static Sequential of(Baseline baseline, Margin margin, Method method, Stopping stopping) {
    requireNonNull(margin, "margin");
    requireNonNull(stopping, "stopping");
    if (method.location() != Location.ROBUST) {
      throw new IllegalArgumentException("a study can stop early by the method \"" + Method.robust()
          + "\" alone; got \"" + method
          + "\". Use Method.robust(), or compare the finished study.");
    }
    return new Sequential(baseline, margin, method, stopping, null, List.of(), null);
  }

  /**
   * Returns after how many runs to look next.
   *
   * @return the size of the sample that {@link #look} needs
   * @throws IllegalStateException if the comparison is over
   */
  public int nextLook() {
    requireOpen();
    return stopping.looks().get(looks.size());
  }

  /**
   * Looks at the runs so far.
   *
   * @param fresh as many runs as {@link #nextLook} says, the runs of the last look first
   * @return what is known then
   * @throws IllegalArgumentException if it is not that many, or not the same runs as before and more
   * @throws IllegalStateException if the comparison is over
   * @throws BaselineException as {@link Baseline#compare(Sample, Margin)} does
   */
  public Sequential look(Sample fresh) {
    int runs = nextLook();
    if (fresh.size() != runs) {
      throw new IllegalArgumentException("the next look is after " + runs + " runs; got "
          + fresh.size()
          + ". Looks that were not declared would make false verdicts more likely: give the first "
          + runs + " runs of the study.");
    }
    requireSameRuns(fresh);
    requirePartners(fresh);
    Looking looking = new Looking(stopping, looks.size());
    Verdict now = baseline.lookedAt(fresh, margin, method, looking);
    boolean over = looking.isLast() || looking.decides(now);
    List<Look> all = new ArrayList<>(looks);
    all.add(looking.look(now));
    return new Sequential(
        baseline,
        margin,
        method,
        stopping,
        fresh,
        List.copyOf(all),
        over ? looking.onRecord(now, looks) : null);
  }

  private void requireSameRuns(Sample fresh) {
    if (seen != null && !fresh.runs().subList(0, seen.size()).equals(seen.runs())) {
      throw new IllegalArgumentException("the first " + seen.size()
          + " runs are not those of the look before. Runs are added to a study, none is taken away or"
          + " exchanged.");
    }
  }

  /** Pair by pair from the first look to the last, or not at all. */
  private void requirePartners(Sample fresh) {
    boolean paired = isPaired(fresh);
    if (seen != null && paired != isPaired(seen)) {
      throw new IllegalArgumentException(
          "the study began on seeds of the baseline and went on with others, or the other way round. Take either"
              + " the baseline's own seeds or fresh ones.");
    }
    int pairs = baseline.sample().size();
    if (paired && stopping.max() > pairs) {
      throw new IllegalArgumentException("on its own seeds, a study against " + pairs
          + " baseline runs can have " + pairs + " runs at most; got " + stopping.max()
          + ". Give the study fresh seeds, such as study(config).seeds(Seed.of(7), "
          + stopping.max() + "), or stop at " + pairs + ".");
    }
  }

  private boolean isPaired(Sample fresh) {
    return Pairing.isPossible(new Looking(stopping, 0).partners(baseline.sample(), fresh), fresh);
  }

  /**
   * Returns whether it is decided, or the last look is taken.
   *
   * @return true if no more runs are wanted
   */
  public boolean isOver() {
    return verdict != null;
  }

  /**
   * Returns the verdict, once it is over: what a look says before is no verdict.
   *
   * @return the verdict with all looks on record; empty as long as runs are wanted
   */
  public Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  /**
   * Returns the looks so far.
   *
   * @return one entry a look, in order
   */
  public List<Look> looks() {
    return looks;
  }

  private void requireOpen() {
    if (verdict != null) {
      throw new IllegalStateException("the comparison is over, after look " + looks.size() + " of "
          + stopping.looks().size() + ": " + verdict
          + ". A further look would need a declaration of its own.");
    }
  }

  /** Returns the state in a line. */
  @Override
  public String toString() {
    return verdict != null
        ? verdict.toString()
        : "undecided after " + (seen == null ? 0 : seen.size()) + " of at most " + stopping.max()
            + " runs, " + stopping;
  }
}
