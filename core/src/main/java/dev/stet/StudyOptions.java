package dev.stet;

import dev.stet.replication.Selection;
import dev.stet.replication.Stopping;
import org.jspecify.annotations.Nullable;

/**
 * How a study is run, apart from its experiment, config and seeds. Immutable; {@link StudyPlan} checks what it is given.
 *
 * @param threads how many trials at once
 * @param selection how the config was chosen
 * @param confirmation how many fresh seeds a red verdict is confirmed on; 0 for none
 * @param stopping when the study is looked at; null if it runs all of its seeds
 */
record StudyOptions(
    int threads, Selection selection, int confirmation, @Nullable Stopping stopping) {
  static StudyOptions standard() {
    return new StudyOptions(1, Selection.none(), 0, null);
  }

  StudyOptions withThreads(int n) {
    return new StudyOptions(n, selection, confirmation, stopping);
  }

  StudyOptions withSelection(Selection how) {
    return new StudyOptions(threads, how, confirmation, stopping);
  }

  StudyOptions withConfirmation(int freshSeeds) {
    return new StudyOptions(threads, selection, freshSeeds, stopping);
  }

  StudyOptions withStopping(@Nullable Stopping when) {
    return new StudyOptions(threads, selection, confirmation, when);
  }
}
