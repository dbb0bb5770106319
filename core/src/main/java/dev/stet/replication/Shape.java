package dev.stet.replication;

/** Two small histograms in bins that both share, from the smallest value of either to the largest. */
final class Shape {
  private static final int BINS = 6;
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Shape() {}

  static String[] of(double[] first, double[] second) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] values : new double[][] {first, second}) {
      for (double value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return new String[] {draw(first, low, high), draw(second, low, high)};
  }

  private static String draw(double[] values, double low, double high) {
    // Halves, as the range of finite values can be infinite.
    double range = high / 2 - low / 2;
    if (values.length == 0 || range == 0) {
      return "";
    }
    int[] counts = new int[BINS];
    int most = 0;
    for (double value : values) {
      int bin = (int) Math.min(BINS - 1, BINS * ((value / 2 - low / 2) / range));
      most = Math.max(most, ++counts[bin]);
    }
    StringBuilder text = new StringBuilder(BINS);
    for (int count : counts) {
      text.append(LEVELS.charAt((int) Math.ceil((LEVELS.length() - 1) * (double) count / most)));
    }
    return text.toString();
  }
}
