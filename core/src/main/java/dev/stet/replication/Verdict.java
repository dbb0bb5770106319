package dev.stet.replication;

import java.util.Optional;

/**
 * What came of holding a fresh study against a baseline: {@link Replicated}, {@link Differs} or {@link
 * Inconclusive}.
 *
 * <p><i>Replicated</i> is false at most 5 % of the time when the true difference is at least the margin, and
 * <i>differs</i> at most 2.5 % of the time on either side when it is at most the margin, each counted over fresh
 * baselines and for the median of all differences. {@code docs/calibration.md} has the program that simulates the rates;
 * for the <i>means</i> of skewed or two-peaked results with unequal spreads they are far higher. What neither
 * supports is <i>inconclusive</i>, which is not a failure to be hidden: it says that the runs at hand do not decide.
 *
 * <p>Verdicts are immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface Verdict permits Replicated, Differs, Inconclusive {
  /**
   * Returns what the verdict rests on.
   *
   * @return the witnesses, the guards, the margin, and the counts of both sides
   */
  Evidence evidence();

  /**
   * Returns the verdict against the first baseline of the line, so that small drifts cannot add up unseen.
   *
   * @return the verdict against the anchor; empty if the baseline is the first, if this is that verdict,
   *     or if the study cannot be held against the anchor, which the reason then explains
   */
  Optional<Verdict> anchor();

  /**
   * Returns why it is this verdict and no other.
   *
   * @return one or more sentences
   */
  String reason();

  /**
   * Returns the estimated difference, fresh minus baseline.
   *
   * @return that of the first witness
   */
  default double estimate() {
    return evidence().first().estimate();
  }

  /**
   * Returns the verdict as a page: both sides, the difference with its intervals, the margin, and the reason.
   *
   * @return several lines without a line break at the end
   */
  default String explain() {
    return new VerdictText(this).page();
  }

  /**
   * Returns the verdict as a sentence for a paper, such as <q>Accuracy replicated the baseline: difference -0.0010, 90 % CI
   * [-0.0040, 0.0020], margin 0.01, n = 20 vs 50 runs (Hodges-Lehmann and Welch).</q>
   *
   * <p>Estimate and interval are those of the first method named; all of them had to agree. The runs of this study are named
   * first.
   *
   * @return one sentence
   */
  default String sentence() {
    return new PaperText(this).sentence();
  }

  /**
   * Returns the verdict as a row of a LaTeX table: metric, location of the baseline, location of this study, difference, interval
   * of the first witness, margin, runs of the baseline and of this study, verdict. It ends in {@code \\}, and needs no package.
   *
   * @return eight cells
   */
  default String latexRow() {
    return new PaperText(this).latexRow();
  }

  /**
   * Returns the header that belongs to {@link #latexRow}.
   *
   * @return eight cells
   */
  static String latexHeader() {
    return PaperText.latexHeader();
  }
}
