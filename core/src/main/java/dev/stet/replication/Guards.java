package dev.stet.replication;

import dev.stet.replication.Guard.Kind;
import dev.stet.seeds.Seed;
import dev.stet.statistics.Alternative;
import dev.stet.statistics.BrownForsythe;
import dev.stet.statistics.EnergyDistance;
import dev.stet.statistics.FisherExact;
import dev.stet.statistics.HodgesLehmann;
import dev.stet.statistics.McNemar;
import dev.stet.statistics.Proportion;
import dev.stet.statistics.SignedRank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Consults the guards of <i>replicated</i>: each at .05, on pairs if the samples are paired.
 *
 * <p>Spread and shape are looked at without the shift between the sides, on which the witnesses have already
 * decided: a shift within the margin is no change of shape.
 */
final class Guards {
  private static final double LEVEL = 0.05;

  /** With fewer values a side has no spread to speak of. */
  private static final int FEWEST = 3;

  private final Data data;
  private final Question question;
  private final Seed seed;

  private Guards(Data data, Question question) {
    this.data = data;
    this.question = question;
    this.seed = question.method().seed();
  }

  /** Nothing is asked where there is nothing to ask: of identical runs, and of bare equality. */
  static List<Guard> consult(Data data, Question question) {
    Pairing pairing = data.pairing();
    boolean identical = pairing != null && pairing.identical() == pairing.runs();
    return identical || question.method().location() == Location.EXACT
        ? List.of()
        : new Guards(data, question).all();
  }

  private List<Guard> all() {
    List<Guard> guards = new ArrayList<>();
    Pairing pairing = data.pairing();
    double[] before = pairing == null ? data.before() : pairing.before();
    double[] now = pairing == null ? data.now() : pairing.now();
    if (Math.min(before.length, now.length) >= FEWEST) {
      guards.add(spread(before, now));
      guards.add(shape(before, aligned(before, now)));
    }
    if (bad(data.baseline()) + bad(data.fresh()) > 0
        || question.margin().collapse().isPresent()) {
      guards.add(failures());
    }
    return guards;
  }

  private static Guard guard(Kind kind, double pValue, String sees) {
    return new Guard(kind, pValue, pValue <= LEVEL, sees);
  }

  private Guard spread(double[] before, double[] now) {
    BrownForsythe test = BrownForsythe.of(now, before);
    double pValue =
        data.pairing() == null ? test.pValue() : test.pairedPValue(seed.child("spread"));
    double ratio = BrownForsythe.detectableRatio(now.length, before.length);
    return guard(
        Kind.SPREAD,
        pValue,
        Double.isInfinite(ratio)
            ? ""
            : String.format(
                Locale.ROOT, "a spread %." + (ratio < 10 ? 1 : 0) + "f times as large", ratio));
  }

  private Guard shape(double[] before, double[] now) {
    EnergyDistance distance = EnergyDistance.of(now, before);
    Seed draws = seed.child("shape");
    return guard(
        Kind.SHAPE,
        data.pairing() == null ? distance.pValue(draws) : distance.pairedPValue(draws),
        "");
  }

  /** The fresh values without the shift; on a lattice by whole steps, so that ties stay ties. */
  private double[] aligned(double[] before, double[] now) {
    double shift = data.pairing() == null
        ? HodgesLehmann.of(now, before).estimate()
        : SignedRank.of(differences(before, now)).estimate();
    OptionalDouble step = Lattice.step(
        DoubleStream.concat(Arrays.stream(before), Arrays.stream(now)).toArray());
    double whole =
        step.isPresent() ? Math.rint(shift / step.getAsDouble()) * step.getAsDouble() : shift;
    return Arrays.stream(now).map(value -> value - whole).toArray();
  }

  private static double[] differences(double[] before, double[] now) {
    double[] differences = new double[now.length];
    Arrays.setAll(differences, i -> now[i] - before[i]);
    return differences;
  }

  /** One-sided: only a run that fails now and did not before speaks against a replication. */
  private Guard failures() {
    Pairing pairing = data.pairing();
    Proportion before = new Proportion(bad(data.baseline()), data.baseline().size());
    Proportion now = new Proportion(bad(data.fresh()), data.fresh().size());
    double pValue = pairing == null
        ? FisherExact.of(now, before).pValue(Alternative.GREATER)
        : new McNemar(pairing.onlyNow(this::isBad), pairing.onlyBefore(this::isBad))
            .pValue(Alternative.GREATER);
    double rate = FisherExact.detectableRate(before, now.tries());
    return guard(
        Kind.FAILURES,
        pValue,
        rate <= 1
            ? String.format(Locale.ROOT, "%.0f %% of runs failing", Math.ceil(100 * rate))
            : "");
  }

  private int bad(Sample sample) {
    return (int) sample.runs().stream().filter(this::isBad).count();
  }

  /** A run that failed, or collapsed by the declaration of the margin. */
  private boolean isBad(SampleRun run) {
    OptionalDouble collapse = question.margin().collapse();
    if (run.failed() || collapse.isEmpty()) {
      return run.failed();
    }
    boolean high = question.metric().direction().orElseThrow() == Direction.HIGHER_IS_BETTER;
    return high ? run.value() <= collapse.getAsDouble() : run.value() >= collapse.getAsDouble();
  }
}
