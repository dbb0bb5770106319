package dev.stet.replication;

/**
 * What is asked of two samples, and what it is called in words.
 *
 * @param names what the sides are called
 * @param experiment the name of the experiment
 * @param metric what is compared
 * @param baselineName the name of the baseline's file; empty if it was never in one
 * @param margin what was declared
 * @param size the margin in units of the difference
 * @param method how the difference is estimated
 * @param reused how many fresh runs were taken from a record
 * @param looks how often the study was looked at before it was extended, undeclared
 * @param changes what differs between the fingerprints, in words
 */
record Question(
    Names names,
    String experiment,
    Metric metric,
    String baselineName,
    Margin margin,
    double size,
    Method method,
    int reused,
    int looks,
    String changes) {

  /**
   * What the sides of a comparison are called.
   *
   * @param first the label of the baseline's side
   * @param second the label of the fresh side
   */
  record Names(String first, String second) {
    static final Names BASELINE = new Names("baseline", "this study");

    /** Whether one side is frozen; otherwise both can be enlarged. */
    boolean isBaseline() {
      return equals(BASELINE);
    }

    String inFirst() {
      return isBaseline() ? "in the baseline" : "of " + first;
    }

    String inSecond() {
      return isBaseline() ? "now" : "of " + second;
    }
  }

  /** A side on which a difference of any size is welcome. */
  boolean isFree(Direction better) {
    return margin.isOneSided() && metric.direction().orElseThrow() == better;
  }
}
