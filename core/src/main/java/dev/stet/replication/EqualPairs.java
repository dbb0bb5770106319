package dev.stet.replication;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The further condition of <i>replicated</i> for pairs of which at least half have equal values: signed ranks and
 * Student's t both take so many zeros for certainty.
 *
 * <p>A pseudomedian that reaches the margin needs half of all averages of two differences there, hence at least
 * 1 - sqrt(1/2), about .293, of the differences. So on either side no more differences may reach the margin than
 * are found, at that rate, with a probability of at most alpha.
 */
final class EqualPairs {
  private static final double LEAST_SHARE = 1 - StrictMath.sqrt(0.5);

  private EqualPairs() {}

  /** Whether a pseudomedian at the margin is ruled out, or the pairs are not of this kind. */
  static boolean ruleOut(Data data, double alpha, double low, double high) {
    Pairing pairing = data.pairing();
    if (pairing == null || pairing.identical() == pairing.runs()) {
      return true;
    }
    double[] differences = pairing.ranked();
    long equal =
        Arrays.stream(differences).filter(difference -> difference == 0).count();
    if (2 * equal < differences.length) {
      return true;
    }
    long above =
        Arrays.stream(differences).filter(difference -> difference >= high).count();
    long below =
        Arrays.stream(differences).filter(difference -> difference <= low).count();
    return probability(differences.length, Math.max(above, below)) <= alpha;
  }

  /** How likely so few of n reach the margin where its share does. */
  private static double probability(int n, long few) {
    return BinomialDistribution.of(n, LEAST_SHARE).cumulativeProbability((int) few);
  }
}
