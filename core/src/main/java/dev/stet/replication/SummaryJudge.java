package dev.stet.replication;

import dev.stet.replication.Inconclusive.Cause;
import dev.stet.replication.Inconclusive.Remedy;
import dev.stet.statistics.Interval;
import dev.stet.statistics.Summary;
import dev.stet.statistics.Welch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The policy for a baseline of which only a summary was published: means, and no other witness or guard. */
final class SummaryJudge {
  /** The witness of a value that has no spread of its own. */
  static final String PREDICTION = "prediction";

  private static final double SPREAD_RATIO = 2;

  private final Question question;
  private final double mean;
  private final double level;
  private final Optional<Summary> published;
  private final int runs;
  private final Sample fresh;
  private final Optional<Summary> now;
  private final double slack;
  private final Evidence evidence;

  SummaryJudge(
      Question question, double mean, Optional<Summary> published, int runs, Sample fresh) {
    this.question = question;
    this.mean = mean;
    this.level = question.method().levels().wide();
    this.published = published;
    this.runs = runs;
    this.fresh = fresh;
    double[] completed = fresh.completed();
    now = completed.length == 0 ? Optional.empty() : Optional.of(Summary.of(completed));
    slack = slack(completed);
    double low = question.isFree(Direction.LOWER_IS_BETTER)
        ? Double.NEGATIVE_INFINITY
        : -question.size() + slack;
    double high = question.isFree(Direction.HIGHER_IS_BETTER)
        ? Double.POSITIVE_INFINITY
        : question.size() - slack;
    Estimator estimator = estimator();
    evidence = new Evidence(new Evidence.Testimony(
        question,
        new Evidence.Side(runs, 0, mean, published.map(Summary::deviation).orElse(Double.NaN), ""),
        new Evidence.Side(
            fresh.size(),
            fresh.failures(),
            now.map(Summary::mean).orElse(Double.NaN),
            now.map(Summary::deviation).orElse(Double.NaN),
            Shape.of(completed, completed)[0]),
        Optional.empty(),
        List.of(estimator),
        List.of(estimator.witness(question.method().levels())),
        low,
        high));
  }

  private double slack(double[] completed) {
    double largest = Math.abs(mean);
    for (double value : completed) {
      largest = Math.max(largest, Math.abs(value));
    }
    return 4 * Math.ulp(largest);
  }

  private Estimator estimator() {
    if (now.isEmpty()) {
      return Estimator.silent("means");
    }
    Summary study = now.get();
    if (published.isPresent()) {
      Welch welch = Welch.ofSummaries(study, published.get());
      return new Estimator("means", welch.estimate(), welch::interval, welch::pValue);
    }
    return new Estimator(PREDICTION, study.mean() - mean, level -> {
      Interval values = study.prediction(Math.max(1, runs), level);
      return new Interval(values.lower() - mean, values.upper() - mean, level);
    });
  }

  Verdict verdict() {
    int side = evidence.first().side(evidence.low() - 2 * slack, evidence.high() + 2 * slack);
    Cause cause = obstacle(side);
    if (cause != null) {
      Remedy remedy = remedy(cause);
      return new InconclusiveVerdict(
          evidence, Optional.empty(), cause, remedy, reason(cause, remedy) + mark());
    }
    return side == 0
        ? new ReplicatedVerdict(evidence, Optional.empty(), Reasons.replicated(evidence) + mark())
        : new DiffersVerdict(evidence, Optional.empty(), Reasons.differs(evidence, side) + mark());
  }

  /** What stands in the way of a definitive verdict, in the order of the rules for samples. */
  private @Nullable Cause obstacle(int side) {
    boolean tooMany = fresh.failures() > question.margin().toleratedFailures().orElse(0);
    if (fresh.failures() > 0 && question.metric().direction().isEmpty()) {
      return Cause.FAILURES_WITHOUT_DIRECTION;
    }
    if (evidence.first().narrow().isUnbounded()) {
      return tooMany ? Cause.FAILED_RUNS : Cause.TOO_FEW_RUNS;
    }
    if (published.isEmpty()) {
      boolean compatible = evidence.estimators().get(0).intervals().apply(level).contains(0);
      return !compatible
          ? Cause.NOT_COMPATIBLE
          : tooMany ? Cause.FAILED_RUNS : Cause.ONLY_COMPATIBLE;
    }
    if (spreadsForbidAVerdict()) {
      return tooMany ? Cause.FAILED_RUNS : Cause.UNEQUAL_SPREADS;
    }
    if (side != 0) {
      return null;
    }
    if (tooMany) {
      return Cause.FAILED_RUNS;
    }
    return evidence.first().isInside(evidence.low(), evidence.high()) ? null : Cause.TOO_WIDE;
  }

  private boolean spreadsForbidAVerdict() {
    double ratio = evidence.fresh().spread() / evidence.baseline().spread();
    return fresh.size() - fresh.failures() != runs
        && (ratio > SPREAD_RATIO || ratio < 1 / SPREAD_RATIO);
  }

  /** Only this study can grow. */
  private Remedy remedy(Cause cause) {
    if (cause != Cause.TOO_WIDE || !Projection.isPossible(evidence)) {
      return Remedy.seeReason();
    }
    Remedy remedy =
        Projection.of(evidence, new double[0], evidence.low(), evidence.high()).remedy(cause);
    return remedy.kind() == Remedy.Kind.ENLARGE_BASELINE
        ? new Remedy(Remedy.Kind.NONE_WITH_THIS_MARGIN, 0, 0)
        : remedy;
  }

  private String reason(Cause cause, Remedy remedy) {
    int completed = fresh.size() - fresh.failures();
    return switch (cause) {
      case TOO_FEW_RUNS ->
        "Too few runs completed for any verdict: " + completed + " of " + fresh.size()
            + ". It takes 2 at least.";
      case UNEQUAL_SPREADS ->
        "The published " + runs + " runs and these " + completed
            + " spread very differently, one more than twice as much as the other: with unequal sizes no interval can be"
            + " trusted then. Take " + runs + " runs.";
      case TOO_WIDE ->
        (evidence.isShiftCertain()
                ? "A difference is certain, but not whether it exceeds the margin."
                : "The interval is too wide: differences inside and outside the margin are both possible.")
            + more(remedy);
      case ONLY_COMPATIBLE ->
        "The published value is compatible with this study: it lies within " + prediction()
            + ". That is all it can be.";
      case NOT_COMPATIBLE ->
        "The published value is not compatible with this study: it lies outside " + prediction()
            + ". By how much the two differ cannot be told.";
      default -> Reasons.inconclusive(evidence, cause, remedy);
    };
  }

  private String more(Remedy remedy) {
    return remedy.kind() == Remedy.Kind.MORE_FRESH_RUNS
        ? " If difference and spread stay as they are, a study of " + remedy.freshRuns() + " runs ("
            + (remedy.freshRuns() - fresh.size()) + " more) would settle it."
        : " No number of runs makes up for the noise of the published mean at this margin.";
  }

  private String prediction() {
    int places = Decimals.places(question.size());
    Interval values = now.orElseThrow().prediction(Math.max(1, runs), level);
    return "the " + VerdictCells.percent(level) + " prediction interval of "
        + (runs < 2 ? "one further run" : "the mean of " + runs + " further runs") + ", ["
        + Decimals.fixed(values.lower(), places) + ", " + Decimals.fixed(values.upper(), places)
        + "]";
  }

  /** A reader must see that this is less than a comparison of samples. */
  private String mark() {
    return published.isPresent()
        ? " The baseline is a published summary of " + runs
            + " runs: by means alone, without ranks, pairs or guards."
        : " The baseline is a published value " + missing() + ".";
  }

  private String missing() {
    return switch (runs) {
      case 0 -> "of an unknown number of runs";
      case 1 -> "of a single run";
      default -> "without spread";
    };
  }
}
