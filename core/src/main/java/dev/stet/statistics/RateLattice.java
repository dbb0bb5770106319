package dev.stet.statistics;

/**
 * The paths of a sequential test on a rate: after n tries it accepts at {@code lower[n]} events or fewer, rejects at
 * {@code upper[n]} or more, and goes on between. Probabilities are exact sums over all paths.
 */
final class RateLattice {
  private final int[] lower;
  private final int[] upper;

  private RateLattice(int[] lower, int[] upper) {
    this.lower = lower;
    this.upper = upper;
  }

  /** How all paths together have ended, and how many tries that took on average. */
  record Course(double accepted, double rejected, double tries) {}

  /** Runs for ever between two lines, cut at n tries with c events or more rejecting; nothing left to decide stops. */
  static RateLattice between(Lines lines, int n, int c) {
    int[] lower = new int[n + 1];
    int[] upper = new int[n + 1];
    lower[0] = -1;
    upper[0] = 1;
    for (int i = 1; i <= n; i++) {
      upper[i] = (int) Math.min(c, lines.upper(i));
      int hopeless = c - 1 - (n - i);
      lower[i] = (int) Math.min(Math.max(hopeless, lines.lower(i)), upper[i] - 1.0);
    }
    lower[n] = upper[n] - 1;
    return new RateLattice(lower, upper);
  }

  int most() {
    return lower.length - 1;
  }

  Decision decide(int tries, int events) {
    if (events >= upper[tries]) {
      return Decision.REJECT;
    }
    return events <= lower[tries] ? Decision.ACCEPT : Decision.CONTINUE;
  }

  Course course(double rate) {
    Paths paths = new Paths(rate);
    double tries = 0;
    for (int n = 1; n <= most(); n++) {
      tries += 1 - paths.accepted - paths.rejected;
      paths.step(n);
      paths.absorb(n);
    }
    return new Course(paths.accepted, paths.rejected, tries);
  }

  /** The probability of ending at least as low as at this point, of all outcomes up to these tries. */
  double atMost(int tries, int events, double rate) {
    Paths paths = before(tries, rate);
    double sum = paths.accepted;
    for (int k = paths.from; k <= Math.min(events, paths.to); k++) {
      sum += paths.mass[k];
    }
    return sum;
  }

  /** The probability of ending at least as high as at this point, of all outcomes up to these tries. */
  double atLeast(int tries, int events, double rate) {
    Paths paths = before(tries, rate);
    double sum = paths.rejected;
    for (int k = Math.max(events, paths.from); k <= paths.to; k++) {
      sum += paths.mass[k];
    }
    return sum;
  }

  private Paths before(int tries, double rate) {
    Paths paths = new Paths(rate);
    for (int n = 1; n < tries; n++) {
      paths.step(n);
      paths.absorb(n);
    }
    paths.step(tries);
    return paths;
  }

  /** The probability of each number of events among the paths that go on. */
  private final class Paths {
    private final double rate;
    private final double[] mass;
    private int from;
    private int to;
    private double accepted;
    private double rejected;

    Paths(double rate) {
      this.rate = rate;
      this.mass = new double[upper[most()] + 2];
      mass[0] = 1;
    }

    void step(int n) {
      from = Math.max(0, lower[n - 1] + 1);
      to = upper[n - 1];
      for (int k = to; k > from; k--) {
        mass[k] = mass[k] * (1 - rate) + mass[k - 1] * rate;
      }
      mass[from] *= 1 - rate;
    }

    void absorb(int n) {
      for (int k = from; k <= Math.min(to, lower[n]); k++) {
        accepted += mass[k];
        mass[k] = 0;
      }
      for (int k = Math.max(from, upper[n]); k <= to; k++) {
        rejected += mass[k];
        mass[k] = 0;
      }
    }
  }

  /** Two parallel lines of events against tries: the logarithm of the likelihood ratio at a and at -b. */
  record Lines(double a, double b, double slope, double scale) {
    static Lines of(double good, double broken, double a, double b) {
      double perEvent = StrictMath.log(broken / good);
      double perTry = StrictMath.log((1 - good) / (1 - broken));
      return new Lines(a, b, perTry, perEvent + perTry);
    }

    /** No line: the test stops only once nothing is left to decide. */
    static Lines none() {
      return new Lines(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1);
    }

    double upper(int n) {
      return Math.ceil((a + n * slope) / scale);
    }

    double lower(int n) {
      return Math.max(-1, Math.floor((n * slope - b) / scale));
    }
  }
}
