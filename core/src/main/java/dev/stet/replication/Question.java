package dev.stet.replication;

import java.util.List;

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
 * @param origin where the runs come from
 */
record Question(
    Names names,
    String experiment,
    Metric metric,
    String baselineName,
    Margin margin,
    double size,
    Method method,
    Origin origin) {

  /**
   * Where the runs come from.
   *
   * @param reused how many fresh runs were taken from a record
   * @param fromFile whether the fresh runs were read from a file
   * @param looks how often the study was looked at before it was extended, undeclared
   * @param changes what differs between the fingerprints of the sides, in words
   * @param mixed what differs among the fingerprints of one side, in sentences
   */
  record Origin(int reused, boolean fromFile, int looks, String changes, String mixed) {
    /** Of two sides, of which the first may be frozen in a file. */
    static Origin of(Names names, Sample first, Sample fresh) {
      return new Origin(
          fresh.reused(),
          fresh.isFromFile(),
          fresh.looks(),
          Changes.between(first, fresh),
          Changes.within(names, first, fresh));
    }

    /** Of sides that are no two samples. */
    static Origin of(List<Sample> fresh) {
      return new Origin(
          fresh.stream().mapToInt(Sample::reused).sum(),
          fresh.stream().allMatch(Sample::isFromFile),
          fresh.stream().mapToInt(Sample::looks).max().orElse(0),
          "",
          "");
    }

    Origin withLooks(int more) {
      return new Origin(reused, fromFile, more, changes, mixed);
    }
  }

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
