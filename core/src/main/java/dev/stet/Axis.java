package dev.stet;

import dev.stet.seeds.RandomStream;
import java.util.List;

/** What one component of a {@link Grid} may be. */
sealed interface Axis {
  /** Every value, in order. */
  List<Object> all(String component);

  /** How many values there are; {@link Long#MAX_VALUE} if there is no end of them. */
  long size();

  Object drawn(RandomStream stream);

  /** Values that were listed. */
  record Values(List<Object> list) implements Axis {
    @Override
    public List<Object> all(String component) {
      return list;
    }

    @Override
    public long size() {
      return list.size();
    }

    @Override
    public Object drawn(RandomStream stream) {
      return list.get(stream.nextInt(list.size()));
    }

    @Override
    public String toString() {
      return list.toString();
    }
  }

  /** A half-open range of numbers, evenly or by their logarithms. */
  record Range(String component, double low, double high, boolean logarithmic, boolean isWhole)
      implements Axis {
    Range(String component, double low, double high, boolean logarithmic) {
      this(component, low, high, logarithmic, false);
    }

    public Range {
      boolean finite = low < high
          && low > Double.NEGATIVE_INFINITY
          && high < Double.POSITIVE_INFINITY
          && high - low < Double.POSITIVE_INFINITY;
      if (!(finite && (low > 0 || !logarithmic))) {
        throw new IllegalArgumentException("the range of " + component + " must be finite"
            + (logarithmic ? ", above 0" : "") + " and its low end below its high end; got " + low
            + " to " + high + ".");
      }
      if (isWhole
          && !(Math.ceil(high) > Math.ceil(low)
              && Math.abs(high) < 1L << 53
              && Math.abs(low) < 1L << 53)) {
        throw new IllegalArgumentException("the range of " + component
            + " must hold whole numbers below 2^53; got " + low + " to " + high + ".");
      }
    }

    Range whole() {
      return new Range(component, low, high, logarithmic, true);
    }

    /** The least and the largest of its whole numbers. */
    List<Long> ends() {
      return List.of((long) Math.ceil(low), (long) Math.ceil(high) - 1);
    }

    @Override
    public List<Object> all(String name) {
      throw new IllegalStateException("the grid has no end of configs, since " + name + " is "
          + this + ". Take some of them: random(Seed.of(1), 20).");
    }

    @Override
    public long size() {
      return isWhole ? (long) (Math.ceil(high) - Math.ceil(low)) : Long.MAX_VALUE;
    }

    @Override
    public Object drawn(RandomStream stream) {
      double start = isWhole ? Math.ceil(low) : low;
      double end = isWhole ? Math.ceil(high) : high;
      double value = between(start, end, stream.nextDouble());
      if (isWhole) {
        return (long) Math.floor(value);
      }
      return value;
    }

    private double between(double start, double end, double share) {
      double value = logarithmic
          ? start * StrictMath.exp(share * (StrictMath.log(end) - StrictMath.log(start)))
          : start + share * (end - start);
      // Rounding may reach the open end.
      return Math.max(start, value < end ? value : Math.nextDown(end));
    }

    @Override
    public String toString() {
      return "between " + low + " and " + high;
    }
  }
}
