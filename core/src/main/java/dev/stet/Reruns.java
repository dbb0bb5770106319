package dev.stet;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How often a trial is rerun, and where: in this JVM, or each time in a fresh one.
 *
 * <p>In one JVM an earlier run can leave something behind, a static field or the state of a generator, that makes a later
 * one differ or hides that it would. In a fresh JVM a rerun finds what somebody finds who runs the trial another day.
 * One rerun misses a nondeterminism that shows in a quarter of all runs six times in ten; five miss it one time in six.
 *
 * <p>A fresh JVM has this one's Java, options, class path, system properties, locale and time zone. Agents and debuggers
 * are left out, except that it is guarded as this JVM is. The body travels there as it does to the forks of a study.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Reruns {
  /** What misses a divergence of one run in four about one time in six. */
  static final int FRESH = 5;

  private static final String PROPERTY = "stet.ci";

  private final int times;
  private final boolean fresh;

  /** Whether another place will do where no fresh JVM can be had. */
  private final boolean wish;

  private Reruns(int times, boolean fresh, boolean wish) {
    this.times = times;
    this.fresh = fresh;
    this.wish = wish;
  }

  /**
   * Returns what is done where nothing is said: one rerun in this JVM; in continuous integration five in fresh JVMs, or in
   * this one where the body cannot travel, and the report says so. It is continuous integration when the system property
   * {@code stet.ci} is {@code true}, or when it is not set and the environment variable {@code CI} is neither empty nor
   * {@code false}.
   *
   * @return the standard
   * @throws IllegalArgumentException if {@code stet.ci} is neither {@code true} nor {@code false}
   */
  public static Reruns standard() {
    return standard(System.getProperty(PROPERTY), System.getenv("CI"));
  }

  static Reruns standard(@Nullable String property, @Nullable String variable) {
    return isCi(property, variable) ? new Reruns(FRESH, true, true) : inThisJvm(1);
  }

  private static boolean isCi(@Nullable String property, @Nullable String variable) {
    if (property == null) {
      return variable != null && !variable.isBlank() && !variable.equalsIgnoreCase("false");
    }
    return switch (property.toLowerCase(Locale.ROOT)) {
      case "", "true" -> true;
      case "false" -> false;
      default ->
        throw new IllegalArgumentException(PROPERTY + " must be true or false; got \"" + property
            + "\". It says whether reruns go to fresh JVMs where nothing else is said.");
    };
  }

  /**
   * Reruns in this JVM, one after the other.
   *
   * @param times how often, at least 1
   * @return the choice
   * @throws IllegalArgumentException if {@code times} is not positive
   */
  public static Reruns inThisJvm(int times) {
    return new Reruns(positive(times), false, false);
  }

  /**
   * Reruns five times, each in a JVM of its own.
   *
   * @return the choice
   */
  public static Reruns inFreshJvms() {
    return inFreshJvms(FRESH);
  }

  /**
   * Reruns each time in a JVM of its own, one after the other.
   *
   * @param times how often, at least 1
   * @return the choice
   * @throws IllegalArgumentException if {@code times} is not positive
   */
  public static Reruns inFreshJvms(int times) {
    return new Reruns(positive(times), true, false);
  }

  private static int positive(int times) {
    if (times < 1) {
      throw new IllegalArgumentException(
          "times must be at least 1; got " + times + ". Ask for one rerun or more.");
    }
    return times;
  }

  /**
   * Returns how often the trial is rerun.
   *
   * @return at least 1
   */
  public int times() {
    return times;
  }

  /**
   * Says whether each rerun has a JVM of its own.
   *
   * @return false if they run in this JVM
   */
  public boolean fresh() {
    return fresh;
  }

  /** Whether this JVM will do where there can be no fresh one. */
  boolean isWish() {
    return wish;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reruns that
        && times == that.times
        && fresh == that.fresh
        && wish == that.wish;
  }

  @Override
  public int hashCode() {
    return times * 4 + (fresh ? 2 : 0) + (wish ? 1 : 0);
  }

  /** Returns the choice in words. */
  @Override
  public String toString() {
    return Words.count(times, "rerun") + " in "
        + (fresh ? (times == 1 ? "a fresh JVM" : "fresh JVMs") : "this JVM");
  }
}
