package dev.stet;

import java.util.List;

/**
 * What perturbed reruns found: {@link Steady}, {@link Sensitive} to a knob, or {@link Unsteady} without any.
 *
 * <p><b>What it does not say.</b> That no knob changed the bits is weak evidence: a difference in a last bit often does not
 * surface in a short run, each knob was turned once and to one value, and the machine stayed the same. That one did may be
 * chance where the trial is unsteady more rarely than the plain reruns could show.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Perturbation {
  /**
   * Returns the plain reruns in fresh JVMs, held against the run that was given.
   *
   * @return identical, or diverged: in a steady or sensitive one then only the run that was given differs
   */
  Rerun plain();

  /**
   * Returns what each knob did.
   *
   * @return one for each knob that was chosen; empty if the plain reruns differed
   */
  List<Turn> turns();

  /**
   * Says what was found, as a person would want to read it.
   *
   * @return a page without a line break at the end
   */
  default String explain() {
    return PerturbationReport.of(this);
  }

  /**
   * Passes silently if no knob that was tried changed the bits, and there were bits to change.
   *
   * @return this
   * @throws NotIdenticalException otherwise, with {@link #explain()} as its message
   */
  default Perturbation requireSteady() {
    if (!(this instanceof Steady) || plain().first().trace().size() == 0) {
      throw new NotIdenticalException(explain());
    }
    return this;
  }

  /**
   * Returns the knobs that changed the bits.
   *
   * @return in the order in which they were turned
   */
  default List<Knob> changing() {
    return turns().stream()
        .filter(Turn.Changed.class::isInstance)
        .map(Turn::knob)
        .toList();
  }

  /**
   * No knob that was tried changed the bits.
   *
   * @param plain the plain reruns
   * @param turns what each knob did
   */
  record Steady(Rerun plain, List<Turn> turns) implements Perturbation {
    /**
     * Copies the list.
     *
     * @param plain the plain reruns
     * @param turns what each knob did
     */
    public Steady {
      turns = List.copyOf(turns);
    }
  }

  /**
   * At least one knob changed the bits.
   *
   * @param plain the plain reruns
   * @param turns what each knob did
   */
  record Sensitive(Rerun plain, List<Turn> turns) implements Perturbation {
    /**
     * Copies the list.
     *
     * @param plain the plain reruns
     * @param turns what each knob did
     */
    public Sensitive {
      turns = List.copyOf(turns);
    }
  }

  /**
   * The plain reruns differed among themselves, so that no knob was turned.
   *
   * @param plain the plain reruns
   */
  record Unsteady(Rerun plain) implements Perturbation {
    @Override
    public List<Turn> turns() {
      return List.of();
    }
  }
}
