package dev.stet.spi;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of all trials that run within a piece of code, such as a test that runs experiments.
 *
 * <pre>{@code
 * try (TrialObservations trials = TrialObservations.collect()) {
 *   test.run();
 *   Observation seen = trials.all();
 * }
 * }</pre>
 *
 * <p>It hears the trials that this thread runs, and those of threads that are started meanwhile, by it or by them: a study's
 * workers, forks too. It does not hear those of threads that were there before, nor of threads of fork-join pools, since
 * those may work for somebody else.
 *
 * <p>Safe for use by several threads, but for {@link #close}, which belongs to the thread that began.
 *
 * @since 0.1
 */
public final class TrialObservations implements AutoCloseable {
  private static final ThreadLocal<@Nullable TrialObservations> HERE = new Inherited();

  private final @Nullable TrialObservations around;
  private final List<Observation> observations = new ArrayList<>();
  private boolean open = true;

  private TrialObservations(@Nullable TrialObservations around) {
    this.around = around;
  }

  private static final class Inherited extends InheritableThreadLocal<@Nullable TrialObservations> {
    @Override
    protected @Nullable TrialObservations childValue(@Nullable TrialObservations parent) {
      return parent == null || isForkJoin() ? null : parent;
    }

    private static boolean isForkJoin() {
      return StackWalker.getInstance()
          .walk(frames -> frames.anyMatch(
              frame -> frame.getClassName().equals("java.util.concurrent.ForkJoinPool")
                  && frame.getMethodName().equals("createWorker")));
    }
  }

  /**
   * Begins to hear, until it is closed.
   *
   * @return an open collection
   */
  public static TrialObservations collect() {
    TrialObservations here = new TrialObservations(HERE.get());
    HERE.set(here);
    return here;
  }

  /**
   * Tells whoever hears this thread what was seen of a trial. Called when one has ended.
   *
   * @param seen what was seen
   */
  public static void add(Observation seen) {
    requireNonNull(seen, "seen");
    for (TrialObservations here = HERE.get(); here != null; here = here.around) {
      here.hear(seen);
    }
  }

  private synchronized void hear(Observation seen) {
    if (open && !seen.equals(Observation.EMPTY)) {
      observations.add(seen);
    }
  }

  /**
   * Returns what was seen of all trials until now.
   *
   * @return each finding once, with the largest of its counts, and each limit once
   */
  public synchronized Observation all() {
    Map<Finding, Finding> findings = new LinkedHashMap<>();
    Set<String> limits = new LinkedHashSet<>();
    for (Observation seen : observations) {
      for (Finding finding : seen.findings()) {
        findings.merge(finding.withCount(1), finding, (a, b) -> a.count() >= b.count() ? a : b);
      }
      limits.addAll(seen.limits());
    }
    return Observation.of(findings.values()).withLimits(limits);
  }

  /** Ends hearing; threads that still run are not heard any more. */
  @Override
  public void close() {
    synchronized (this) {
      open = false;
    }
    if (around == null) {
      HERE.remove();
    } else {
      HERE.set(around);
    }
  }
}
