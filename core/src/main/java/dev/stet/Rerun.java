package dev.stet;

import dev.stet.trace.TraceComparison;
import java.util.List;

/**
 * What rerunning a trial found: {@link Identical}, {@link Diverged} at a named place, or {@link Unordered}.
 *
 * @since 0.1
 */
public sealed interface Rerun {
  /**
   * Returns the run that was rerun.
   *
   * @return the first run
   */
  Run first();

  /**
   * Returns the new runs in the order in which they ran.
   *
   * @return at least one run
   */
  List<Run> reruns();

  /**
   * Returns how often the trial was rerun, and where.
   *
   * @return the choice, as it was carried out
   */
  Reruns how();

  /**
   * Says what was found, as a person would want to read it.
   *
   * @return one or more lines without a line break at the end
   */
  String explain();

  /**
   * Passes silently if every rerun was identical, and there was something to compare.
   *
   * @return this
   * @throws NotIdenticalException otherwise, with {@link #explain()} as its message
   */
  default Rerun requireIdentical() {
    if (!(this instanceof Identical identical) || identical.records() == 0) {
      throw new NotIdenticalException(explain());
    }
    return this;
  }

  /**
   * Every rerun gave the same bits.
   *
   * @param first the run that was rerun
   * @param reruns the new runs
   * @param how how often, and where
   * @param records how many records were compared in each
   */
  record Identical(Run first, List<Run> reruns, Reruns how, int records) implements Rerun {
    /**
     * Copies the list.
     *
     * @param first the run that was rerun
     * @param reruns the new runs
     * @param how how often, and where
     * @param records how many records were compared in each
     */
    public Identical {
      reruns = List.copyOf(reruns);
    }

    @Override
    public String explain() {
      return RerunReport.identical(this);
    }
  }

  /**
   * At least one rerun gave other bits.
   *
   * @param first the run that was rerun
   * @param reruns the new runs
   * @param how how often, and where
   * @param parted the first of the new runs that parted from {@code first}
   * @param identical how many of the new runs gave the same bits
   * @param comparison how the traces of {@code first} and {@code parted} compare; identical if only their ends differ
   */
  record Diverged(
      Run first,
      List<Run> reruns,
      Reruns how,
      Run parted,
      int identical,
      TraceComparison comparison)
      implements Rerun {
    /**
     * Copies the list.
     *
     * @param first the run that was rerun
     * @param reruns the new runs
     * @param how how often, and where
     * @param parted the first of the new runs that parted from {@code first}
     * @param identical how many of the new runs gave the same bits
     * @param comparison how the traces of {@code first} and {@code parted} compare
     */
    public Diverged {
      reruns = List.copyOf(reruns);
    }

    @Override
    public String explain() {
      return RerunReport.diverged(this);
    }
  }

  /**
   * No rerun parted in what has an order, but several threads wrote one series without steps, so that the bits of that
   * series cannot be compared.
   *
   * @param first the run that was rerun
   * @param reruns the new runs
   * @param how how often, and where
   * @param metrics the series that have no order
   */
  record Unordered(Run first, List<Run> reruns, Reruns how, List<String> metrics) implements Rerun {
    /**
     * Copies the lists.
     *
     * @param first the run that was rerun
     * @param reruns the new runs
     * @param how how often, and where
     * @param metrics the series that have no order
     */
    public Unordered {
      reruns = List.copyOf(reruns);
      metrics = List.copyOf(metrics);
    }

    @Override
    public String explain() {
      return RerunReport.unordered(this);
    }
  }
}
