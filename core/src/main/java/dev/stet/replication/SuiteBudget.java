package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One budget of false alarms for a whole suite, divided over its assertions: how often any of them may be red while nothing
 * is wrong.
 *
 * <pre>{@code
 * static final SuiteBudget BUDGET = SuiteBudget.of(0.01).over(25);
 *
 * Bound.mean(accuracy).atLeast(0.9).within(0, 1)
 *     .flakeBudget(BUDGET.take("accuracyHolds")).catching(0.8, 0.9);
 * }</pre>
 *
 * <p>Each assertion gets an equal share (Bonferroni): the chance that any is red is then at most the sum, whatever their
 * runs have in common. Shares by Sidak's formula would be larger by at most half a per cent of themselves for a budget of
 * 0.01, and would need independent assertions.
 *
 * <p>There is no global state: an instance counts the names that took a share of it, and refuses more of them than were
 * declared. A name may take its share again, so that a repeated test takes one. The budget is per run of the suite.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class SuiteBudget {
  private final double total;
  private final int assertions;
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  private SuiteBudget(double total, int assertions) {
    this.total = total;
    this.assertions = assertions;
  }

  /**
   * A budget that is not divided yet. Immutable and safe for use by several threads.
   *
   * @since 0.1
   */
  public static final class Total {
    private final double probability;

    private Total(double probability) {
      this.probability = probability;
    }

    /**
     * Divides the budget.
     *
     * @param assertions how many assertions the suite has at most, at least 1
     * @return the divided budget
     * @throws IllegalArgumentException if the number is not positive
     */
    public SuiteBudget over(int assertions) {
      if (assertions < 1) {
        throw new IllegalArgumentException(
            "a suite has at least 1 assertion; got " + assertions + ". Give the most it may have.");
      }
      return new SuiteBudget(probability, assertions);
    }
  }

  /**
   * Declares the budget of a suite.
   *
   * @param probability how often any assertion may be red while nothing is wrong, above 0 and at most 0.5
   * @return the budget, to be divided
   * @throws IllegalArgumentException if the probability is out of range
   */
  public static Total of(double probability) {
    return new Total(BoundTerms.requireBudget(probability));
  }

  /**
   * Returns the share of one assertion.
   *
   * @return a flake budget for {@link Bound#flakeBudget(double)}
   */
  public double each() {
    return total / assertions;
  }

  /**
   * Takes the share of a named assertion.
   *
   * @param assertion its name, such as the name of the test
   * @return a flake budget for {@link Bound#flakeBudget(double)}, the same as {@link #each()}
   * @throws IllegalStateException if as many others as were declared have taken theirs
   */
  public double take(String assertion) {
    requireNonNull(assertion, "assertion");
    // Two that come at once must not both find the last place free.
    synchronized (taken) {
      if (!taken.contains(assertion) && taken.size() == assertions) {
        throw new IllegalStateException("the suite's budget was divided over "
            + assertions + (assertions == 1 ? " assertion" : " assertions") + ", and \"" + assertion
            + "\" is one more. Declare the number of assertions that the suite has: SuiteBudget.of("
            + Decimals.shortest(total) + ").over(" + (assertions + 1) + ").");
      }
      taken.add(assertion);
    }
    return each();
  }

  /**
   * Returns the budget of the whole suite.
   *
   * @return the declared probability
   */
  public double total() {
    return total;
  }

  /**
   * Returns how many assertions have taken their share.
   *
   * @return 0 to the declared number
   */
  public int used() {
    return taken.size();
  }

  /** Returns the budget in a line. */
  @Override
  public String toString() {
    return Chance.declared(total) + " over " + assertions + " assertions, " + used() + " taken";
  }
}
