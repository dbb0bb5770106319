package dev.stet;

import dev.stet.ledger.Ledger;
import dev.stet.replication.Metric;
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
 * @param night what is arranged for when nobody watches
 */
record StudyOptions(
    int threads,
    Selection selection,
    int confirmation,
    @Nullable Stopping stopping,
    boolean forked,
    @Nullable Duration limit,
    Night night) {

  /** A ledger, and when it is asked before a trial is run. */
  record Recording(Ledger ledger, Reuse reuse) {}

  /**
   * What is arranged for when nobody watches.
   *
   * @param record where runs are put on record; null for nowhere
   * @param name what the study is called there; null for nothing
   * @param retries how often a trial that failed is tried again
   * @param hopeless after how many failures from the start the study ends; 0 for never
   * @param shown the metric whose best value the progress line shows; null for none
   */
  record Night(
      @Nullable Recording record,
      @Nullable String name,
      int retries,
      int hopeless,
      @Nullable Metric shown) {
    static final Night NONE = new Night(null, null, 0, 0, null);
  }

  static StudyOptions standard() {
    return new StudyOptions(1, Selection.none(), 0, null, false, null, Night.NONE);
  }

  StudyOptions withThreads(int n) {
    return new StudyOptions(n, selection, confirmation, stopping, false, limit, night);
  }

  StudyOptions withSelection(Selection how) {
    return new StudyOptions(threads, how, confirmation, stopping, forked, limit, night);
  }

  StudyOptions withConfirmation(int freshSeeds) {
    return new StudyOptions(threads, selection, freshSeeds, stopping, forked, limit, night);
  }

  StudyOptions withStopping(@Nullable Stopping when) {
    return new StudyOptions(threads, selection, confirmation, when, forked, limit, night);
  }

  StudyOptions withForks(int n) {
    return new StudyOptions(n, selection, confirmation, stopping, true, limit, night);
  }

  StudyOptions withLimit(Duration longest) {
    return new StudyOptions(threads, selection, confirmation, stopping, forked, longest, night);
  }

  private StudyOptions with(Night arranged) {
    return new StudyOptions(threads, selection, confirmation, stopping, forked, limit, arranged);
  }

  StudyOptions withRecord(Ledger ledger, Reuse reuse) {
    Recording record = new Recording(ledger, reuse);
    return with(new Night(record, night.name, night.retries, night.hopeless, night.shown));
  }

  StudyOptions withName(String study) {
    return with(new Night(night.record, study, night.retries, night.hopeless, night.shown));
  }

  StudyOptions withRetries(int n) {
    return with(new Night(night.record, night.name, n, night.hopeless, night.shown));
  }

  StudyOptions withHopeless(int failures) {
    return with(new Night(night.record, night.name, night.retries, failures, night.shown));
  }

  StudyOptions withShown(Metric metric) {
    return with(new Night(night.record, night.name, night.retries, night.hopeless, metric));
  }

  /** The same, and nothing is answered from a record. */
  StudyOptions executing() {
    Recording known = night.record;
    return known == null ? this : withRecord(known.ledger(), Reuse.NEVER);
  }

  @Nullable
  Recording record() {
    return night.record;
  }

  @Nullable
  String name() {
    return night.name;
  }

  int retries() {
    return night.retries;
  }

  int hopeless() {
    return night.hopeless;
  }

  @Nullable
  Metric shown() {
    return night.shown;
  }

  /** The study's name in the ledger, with what the ledger knows of it. */
  Membership membership(String experiment) {
    Recording known = night.record;
    return known == null || night.name == null
        ? Membership.NONE
        : Membership.of(known.ledger(), night.name, experiment);
  }

  /** What becomes of the runs of a study that was broken off; empty if they are not on record. */
  String afterwards() {
    Recording known = night.record;
    return known == null
        ? ""
        : " They are on record in " + known.ledger().directory()
            + ": run the study again, and it goes on from there.";
  }

  /** Where the trials of an experiment run; to be closed when the study is over. */
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
