package dev.stet.seeds;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** Simple tests of randomness on a sequence of words; each gives a number that is standard normal if all is well. */
final class Battery {
  private static final int BIRTHDAYS = 4096;

  private final long[] words;
  private final Map<String, Double> scores = new LinkedHashMap<>();

  private Battery(long[] words) {
    this.words = words;
  }

  static Map<String, Double> scores(int count, IntToLongFunction word) {
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = word.applyAsLong(i);
    }
    return new Battery(words).run();
  }

  private Map<String, Double> run() {
    for (int shift = 0; shift < 64; shift += 8) {
      int at = shift;
      scores.put("byte " + shift / 8, chiSquare(words.length, i -> (words[i] >>> at) & 255));
    }
    scores.put("top bits", chiSquare(words.length / 8, i -> pattern(i, 63)));
    scores.put("low bits", chiSquare(words.length / 8, i -> pattern(i, 0)));
    for (int lag : new int[] {1, 2, 16}) {
      scores.put("correlation " + lag, correlation(lag));
    }
    scores.put("weights", weights());
    scores.put("weight runs", weightRuns());
    scores.put("birthdays high", birthdays(32));
    scores.put("birthdays low", birthdays(0));
    return scores;
  }

  private long pattern(int i, int bit) {
    long pattern = 0;
    for (int j = 0; j < 8; j++) {
      pattern = (pattern << 1) | ((words[8 * i + j] >>> bit) & 1);
    }
    return pattern;
  }

  /** Pearson's chi-square over 256 classes, made normal by Wilson and Hilferty's cube root. */
  private static double chiSquare(int count, IntToLongFunction classOf) {
    long[] seen = new long[256];
    for (int i = 0; i < count; i++) {
      seen[(int) classOf.applyAsLong(i)]++;
    }
    double expected = count / 256.0;
    double sum = 0;
    for (long n : seen) {
      sum += (n - expected) * (n - expected) / expected;
    }
    double spread = 2.0 / (9 * 255);
    return (Math.cbrt(sum / 255) - (1 - spread)) / Math.sqrt(spread);
  }

  private double correlation(int lag) {
    double sum = 0;
    int n = words.length - lag;
    for (int i = 0; i < n; i++) {
      sum += unit(words[i]) * unit(words[i + lag]);
    }
    return sum / n * 12 * Math.sqrt(n);
  }

  private static double unit(long word) {
    return (word >>> 11) * 0x1p-53 - 0.5;
  }

  private double weights() {
    double sum = 0;
    for (int i = 1; i < words.length; i++) {
      sum += (Long.bitCount(words[i - 1]) - 32) * (Long.bitCount(words[i]) - 32) / 16.0;
    }
    return sum / Math.sqrt(words.length - 1.0);
  }

  /** Wald and Wolfowitz: runs of words with more, and with fewer, than 32 ones; those with 32 are left out. */
  private double weightRuns() {
    int[] sides = Arrays.stream(words)
        .mapToInt(w -> Integer.signum(Long.bitCount(w) - 32))
        .filter(s -> s != 0)
        .toArray();
    double n = sides.length;
    double above = Arrays.stream(sides).filter(s -> s > 0).count();
    double runs = 1;
    for (int i = 1; i < sides.length; i++) {
      runs += sides[i] == sides[i - 1] ? 0 : 1;
    }
    double product = 2 * above * (n - above);
    double variance = product * (product - n) / (n * n * (n - 1));
    return (runs - product / n - 1) / Math.sqrt(variance);
  }

  /** Marsaglia: among 4096 birthdays in a year of 2^32 days, equal spacings are Poisson with mean 4. */
  private double birthdays(int shift) {
    int batches = words.length / BIRTHDAYS;
    double equal = 0;
    for (int batch = 0; batch < batches; batch++) {
      int from = batch * BIRTHDAYS;
      long[] days = new long[BIRTHDAYS];
      for (int i = 0; i < BIRTHDAYS; i++) {
        days[i] = (words[from + i] >>> shift) & 0xffffffffL;
      }
      equal += BIRTHDAYS - 1 - distinctSpacings(days);
    }
    return (equal - 4.0 * batches) / Math.sqrt(4.0 * batches);
  }

  private static long distinctSpacings(long[] days) {
    Arrays.sort(days);
    long[] spacings = new long[days.length - 1];
    for (int i = 0; i < spacings.length; i++) {
      spacings[i] = days[i + 1] - days[i];
    }
    return Arrays.stream(spacings).distinct().count();
  }
}
