package dev.stet;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which {@linkplain Knob knobs} {@link Experiment#perturb} turns, and how many plain reruns come first.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Knobs {
  private static final Knobs ALL =
      new Knobs(EnumSet.allOf(Knob.class), Reruns.FRESH, Optional.empty());

  private final EnumSet<Knob> knobs;
  private final int plainReruns;
  private final Optional<Path> otherJava;

  private Knobs(EnumSet<Knob> knobs, int plainReruns, Optional<Path> otherJava) {
    this.knobs = knobs;
    this.plainReruns = plainReruns;
    this.otherJava = otherJava;
  }

  /**
   * Chooses all, after five plain reruns.
   *
   * @return the choice
   */
  public static Knobs all() {
    return ALL;
  }

  /**
   * Chooses some, after five plain reruns.
   *
   * @param first one
   * @param others others
   * @return the choice
   */
  public static Knobs of(Knob first, Knob... others) {
    return new Knobs(EnumSet.of(first, others), Reruns.FRESH, Optional.empty());
  }

  /**
   * Leaves some out, such as {@link Knob#INTERPRETER} for a trial that is slow already.
   *
   * @param some which
   * @return a copy
   * @throws IllegalArgumentException if none is left
   */
  public Knobs without(Knob... some) {
    Collection<Knob> out = Arrays.asList(some);
    EnumSet<Knob> left = EnumSet.copyOf(knobs);
    left.removeAll(out);
    if (left.isEmpty()) {
      throw new IllegalArgumentException("at least one knob must be left; without " + out
          + " there is none. To rerun only, use Experiment.rerun(run, Reruns.inFreshJvms()).");
    }
    return new Knobs(left, plainReruns, otherJava);
  }

  /**
   * Sets how many reruns without any change come first. If they differ among themselves no knob is turned, since its
   * effect could not be told from theirs.
   *
   * @param times at least 2
   * @return a copy
   * @throws IllegalArgumentException if {@code times} is less than 2
   */
  public Knobs withPlainReruns(int times) {
    if (times < 2) {
      throw new IllegalArgumentException("plain reruns must be at least 2, to be compared; got "
          + times + ". Leave it at " + Reruns.FRESH + " if you can wait.");
    }
    return new Knobs(knobs, times, otherJava);
  }

  /**
   * Names another Java for {@link Knob#JAVA}; 17 or newer.
   *
   * @param home its home, the folder that holds {@code bin}
   * @return a copy
   */
  public Knobs withOtherJava(Path home) {
    return new Knobs(
        knobs, plainReruns, Optional.of(requireNonNull(home, "home").toAbsolutePath()));
  }

  /**
   * Returns the knobs in the order in which they are turned.
   *
   * @return at least one
   */
  public Set<Knob> knobs() {
    return EnumSet.copyOf(knobs);
  }

  /**
   * Returns how many plain reruns come first.
   *
   * @return at least 2
   */
  public int plainReruns() {
    return plainReruns;
  }

  /**
   * Returns the home of the other Java.
   *
   * @return an absolute path; empty if none was named
   */
  public Optional<Path> otherJava() {
    return otherJava;
  }

  @Override
  public String toString() {
    return knobs + " after " + Words.count(plainReruns, "plain rerun");
  }
}
