package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.SampleRun;
import dev.stet.replication.Verdict;
import dev.stet.seeds.Seed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A baseline file, a plan and a metric: held against each other, or the file written on request. */
final class BaselineCheck {
  private static final String PROPERTY = "stet.baseline";
  private static final String WRITE = "write";
  private static final int FIRST_SEEDS = 50;

  private final Path file;
  private final StudyPlan<?> plan;
  private final String name;
  private final @Nullable Metric declared;

  private BaselineCheck(Path file, StudyPlan<?> plan, String name, @Nullable Metric declared) {
    this.file = file;
    this.plan = plan;
    this.name = name;
    this.declared = declared;
  }

  static BaselineCheck of(Path file, StudyPlan<?> plan, Metric metric) {
    return new BaselineCheck(
        requireNonNull(file, "baseline"),
        requireNonNull(plan, "plan").executing(),
        metric.name(),
        metric);
  }

  /** The metric as the baseline declares it; in a new baseline, the last value and no direction. */
  static BaselineCheck of(Path file, StudyPlan<?> plan, String metric) {
    return new BaselineCheck(
        requireNonNull(file, "baseline"),
        requireNonNull(plan, "plan").executing(),
        requireNonNull(metric, "metric"),
        null);
  }

  private Metric metricOf(Baseline baseline) {
    Metric frozen = baseline.sample().metric();
    if (!frozen.name().equals(name)) {
      throw new IllegalArgumentException(
          "the baseline " + file + " is of the metric \"" + frozen.name()
              + "\", and \"" + name + "\" was asked for. Ask for \"" + frozen.name()
              + "\", or give the file of the other metric, which need not exist yet.");
    }
    return declared != null ? declared : frozen;
  }

  Verdict verdict(Margin margin) {
    requireNonNull(margin, "margin");
    if (writeRequested()) {
      throw written();
    }
    if (!Files.exists(file)) {
      throw new AssertionFailedError("there is no baseline at " + file
          + ".\n\n  Write it, review it and commit it: " + TestCommand.with(PROPERTY, WRITE));
    }
    Baseline baseline = Baseline.read(file);
    Metric metric = metricOf(baseline); // before anything runs: a study may take a night
    StudyPlan<?> seeded = plan.hasSeeds() ? plan : plan.seeds(seedsOf(baseline));
    new Prospect(baseline, seeded, margin).requireHope();
    return seeded.verdict(baseline, metric, margin);
  }

  /** The confirmation that the plan declared, on seeds that nobody has seen. */
  Optional<Verdict> confirmation(Margin margin) {
    if (plan.confirmation() == 0) {
      return Optional.empty();
    }
    Baseline baseline = Baseline.read(file);
    Study fresh = plan.atOnce().freshSeeds(plan.confirmation()).run();
    return Optional.of(baseline.compare(fresh.metric(metricOf(baseline)), margin));
  }

  private static boolean writeRequested() {
    @Nullable String request = System.getProperty(PROPERTY);
    if (request != null && !request.equals(WRITE)) {
      throw new IllegalArgumentException(
          "the system property " + PROPERTY + " can only be \"" + WRITE + "\"; got \"" + request
              + "\". Leave it out to compare with the committed baseline.");
    }
    return request != null;
  }

  /** An existing baseline is succeeded and not replaced: its first sample stays the anchor. */
  private AssertionFailedError written() {
    Baseline baseline;
    if (Files.exists(file)) {
      Baseline before = Baseline.read(file);
      Metric metric = metricOf(before);
      StudyPlan<?> seeded = plan.hasSeeds() ? plan.atOnce() : plan.atOnce().seeds(seedsOf(before));
      baseline = before.succeededBy(seeded.run().metric(metric));
    } else {
      StudyPlan<?> seeded = plan.hasSeeds() ? plan.atOnce() : plan.atOnce().freshSeeds(FIRST_SEEDS);
      baseline = Baseline.of(seeded.run().metric(declared != null ? declared : Metric.of(name)));
    }
    baseline.write(file);
    return new AssertionFailedError(
        "baseline written to " + file + ": " + Words.count(baseline.sample().size(), "run")
            + " of " + plan.experiment() + ", " + name + failures(baseline)
            + ".\n\n  Review it and commit it, then run the test without -D" + PROPERTY + "="
            + WRITE + ".");
  }

  private static String failures(Baseline baseline) {
    int failed = baseline.sample().failures();
    return failed == 0 ? "" : "; " + Words.number(failed) + " of them failed";
  }

  private List<Seed> seedsOf(Baseline baseline) {
    List<Seed> seeds = new ArrayList<>();
    for (SampleRun run : baseline.sample().runs()) {
      Seed seed = run.seed();
      if (seed == null) {
        throw new IllegalArgumentException(
            "the baseline " + file + " holds values without seeds, so that its runs cannot"
                + " be run again. Give the study seeds of its own, such as study(config).seeds(Seed.of(7), 20).");
      }
      seeds.add(seed);
    }
    return seeds;
  }
}
