package dev.stet;

import dev.stet.replication.Selection;
import dev.stet.replication.Stopping;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a study is run, apart from its experiment, config and seeds. Immutable; {@link StudyPlan} checks what it is given.
 *
 * @param threads how many trials at once
 * @param selection how the config was chosen
 * @param confirmation how many fresh seeds a red verdict is confirmed on; 0 for none
 * @param stopping when the study is looked at; null if it runs all of its seeds
 * @param forked whether each trial runs in a JVM apart from this one
 * @param limit how long a trial may take; null for no limit
 */
record StudyOptions(
    int threads,
    Selection selection,
    int confirmation,
    @Nullable Stopping stopping,
    boolean forked,
    @Nullable Duration limit) {
  static StudyOptions standard() {
    return new StudyOptions(1, Selection.none(), 0, null, false, null);
  }

  StudyOptions withThreads(int n) {
    return new StudyOptions(n, selection, confirmation, stopping, false, limit);
  }

  StudyOptions withSelection(Selection how) {
    return new StudyOptions(threads, how, confirmation, stopping, forked, limit);
  }

  StudyOptions withConfirmation(int freshSeeds) {
    return new StudyOptions(threads, selection, freshSeeds, stopping, forked, limit);
  }

  StudyOptions withStopping(@Nullable Stopping when) {
    return new StudyOptions(threads, selection, confirmation, when, forked, limit);
  }

  StudyOptions withForks(int n) {
    return new StudyOptions(n, selection, confirmation, stopping, true, limit);
  }

  StudyOptions withLimit(Duration longest) {
    return new StudyOptions(threads, selection, confirmation, stopping, forked, longest);
  }

  /** Where the trials of an experiment run. */
  <C> Runner<C> runner(Execution<C> execution) {
    if (forked) {
      return ForkRunner.of(execution, Optional.ofNullable(limit));
    }
    if (limit != null) {
      throw new IllegalStateException(
          "the study of " + execution.experiment() + " has a timeout of " + Words.duration(limit)
              + " and runs on threads, which cannot be ended. Run it in JVMs of its own with forks("
              + threads + "), or leave the timeout out.");
    }
    return Runner.onThreads();
  }
}
