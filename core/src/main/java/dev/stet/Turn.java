package dev.stet;

/**
 * What turning one {@linkplain Knob knob} did to the bits of a trial.
 *
 * @since 0.1
 */
public sealed interface Turn {
  /**
   * Returns the knob.
   *
   * @return the knob
   */
  Knob knob();

  /**
   * The bits were those of the plain reruns. That is weak evidence that the result does not depend on the knob.
   *
   * @param knob the knob
   * @param setting what it was set to, in words
   * @param run the run with it
   */
  record Unchanged(Knob knob, String setting, Run run) implements Turn {}

  /**
   * The bits were others. Then the knob is turned once more.
   *
   * @param knob the knob
   * @param setting what it was set to, in words
   * @param rerun the first plain rerun as its first run, and the two runs with the knob, with the first difference
   */
  record Changed(Knob knob, String setting, Rerun.Diverged rerun) implements Turn {
    /**
     * Says whether both runs with the knob gave the same other bits.
     *
     * @return false if they differ, so that the change may be chance that the plain reruns did not show
     */
    public boolean isSteady() {
      return Outcomes.areAlike(rerun.reruns().get(0), rerun.reruns().get(1));
    }
  }

  /**
   * It was not turned, or nothing came of it.
   *
   * @param knob the knob
   * @param reason why, in words
   */
  record NotTried(Knob knob, String reason) implements Turn {}
}
