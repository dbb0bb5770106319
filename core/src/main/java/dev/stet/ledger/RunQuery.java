package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.CanonicalForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A choice of runs of a ledger. Each condition gives a narrower query; {@link #stream}, {@link #best} and {@link #count}
 * look at the ledger, each time anew.
 *
 * <pre>{@code
 * List<RunRecord> best = ledger.query()
 *     .experiment("digits")
 *     .config("optimizer", "adam")
 *     .best("accuracy", true, 10);
 * }</pre>
 *
 * <p>A look reads the whole ledger, in time linear in the number of runs. Immutable and safe for use by several
 * threads.
 *
 * @since 0.1
 */
public final class RunQuery {
  private final Ledger ledger;
  private final Predicate<RunRecord> condition;
  private final List<String> studies;
  private final boolean statusChosen;
  private final String words;

  private RunQuery(
      Ledger ledger,
      Predicate<RunRecord> condition,
      List<String> studies,
      boolean statusChosen,
      String words) {
    this.ledger = ledger;
    this.condition = condition;
    this.studies = studies;
    this.statusChosen = statusChosen;
    this.words = words;
  }

  static RunQuery all(Ledger ledger) {
    return new RunQuery(ledger, run -> true, List.of(), false, "");
  }

  private RunQuery and(Predicate<RunRecord> more, String said) {
    return new RunQuery(ledger, condition.and(more), studies, statusChosen, with(said));
  }

  private RunQuery and(Line.Member member, String text, String called) {
    byte[] json = Line.quoted(text);
    return and(run -> run.line().is(member, json), called + " is \"" + text + "\"");
  }

  private String with(String said) {
    return words.isEmpty() ? said : words + ", " + said;
  }

  /**
   * Keeps the runs of an experiment.
   *
   * @param name its name
   * @return the narrower query
   */
  public RunQuery experiment(String name) {
    return and(Line.Member.EXPERIMENT, requireNonNull(name, "name"), "experiment");
  }

  /**
   * Keeps the runs of a study: those that it made, and those of others whose results it took. A look at them reads the
   * ledger twice.
   *
   * @param name its name
   * @return the narrower query
   */
  public RunQuery study(String name) {
    List<String> all = new ArrayList<>(studies);
    all.add(requireNonNull(name, "name"));
    return new RunQuery(
        ledger, condition, List.copyOf(all), statusChosen, with("study is \"" + name + "\""));
  }

  /**
   * Keeps the runs with a recipe.
   *
   * @param digest the digest of the recipe
   * @return the narrower query
   */
  public RunQuery recipe(String digest) {
    return and(Line.Member.RECIPE, requireNonNull(digest, "digest"), "recipe");
  }

  /**
   * Keeps the runs that stand in one of these ways.
   *
   * @param statuses at least one
   * @return the narrower query
   * @throws IllegalArgumentException if there is none
   */
  public RunQuery status(RunStatus... statuses) {
    List<RunStatus> wanted = List.of(statuses);
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "a query by status needs at least one; got none. Leave the condition out to take all of "
              + Arrays.toString(RunStatus.values()) + ".");
    }
    return new RunQuery(
        ledger,
        condition.and(run -> wanted.contains(run.status())),
        studies,
        true,
        with("status is one of " + wanted));
  }

  /**
   * Keeps the runs whose config has a value.
   *
   * @param name the name of a component; within nested ones, names with dots between them
   * @param value the value, compared by its canonical form: 1 and 1.0 are the same
   * @return the narrower query
   * @throws IllegalArgumentException if the value has no canonical form
   */
  public RunQuery config(String name, @Nullable Object value) {
    requireNonNull(name, "name");
    ConfigCondition wanted = new ConfigCondition(name, CanonicalForm.of(value, name));
    return and(run -> wanted.holds(run.line()), "config " + wanted);
  }

  /**
   * Looks for the runs.
   *
   * @return each once, in no promised order; close it when you do not read it to the end
   * @throws LedgerException if the directory cannot be listed
   */
  public Stream<RunRecord> stream() {
    Predicate<RunRecord> all = condition;
    for (String study : studies) {
      byte[] name = Line.quoted(study);
      Set<String> reused = ledger.reusedBy(study);
      all = all.and(run -> run.line().is(Line.Member.STUDY, name) || reused.contains(run.id()));
    }
    return ledger.runs().filter(all);
  }

  /**
   * Counts the runs.
   *
   * @return how many there are
   * @throws LedgerException if the directory cannot be listed
   */
  public long count() {
    try (Stream<RunRecord> runs = stream()) {
      return runs.count();
    }
  }

  /**
   * Looks for the runs with the best last values of a metric. Runs without it, and with NaN, are passed over; so are runs
   * that did not complete, unless the query has a status.
   *
   * @param metric its name
   * @param higherIsBetter whether a larger value is better
   * @param count how many runs, at least 1
   * @return up to that many, the best first; among equal values the earlier id first
   * @throws IllegalArgumentException if the count is not positive
   * @throws LedgerException if the directory cannot be listed
   */
  public List<RunRecord> best(String metric, boolean higherIsBetter, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "count must be at least 1; got " + count + ". Say how many of the best you want.");
    }
    byte[] name = Line.encoded(requireNonNull(metric, "metric"));
    Comparator<Ranked> worstFirst = Ranked.worstFirst(higherIsBetter);
    PriorityQueue<Ranked> kept = new PriorityQueue<>(worstFirst);
    RunQuery query = statusChosen ? this : status(RunStatus.COMPLETED);
    try (Stream<RunRecord> runs = query.stream()) {
      runs.forEach(run -> {
        OptionalDouble value = run.metric(name);
        if (value.isPresent() && !Double.isNaN(value.getAsDouble())) {
          kept.add(new Ranked(run, value.getAsDouble()));
          if (kept.size() > count) {
            kept.poll();
          }
        }
      });
    }
    List<Ranked> best = new ArrayList<>(kept);
    best.sort(worstFirst.reversed());
    return best.stream().map(Ranked::run).toList();
  }

  /**
   * Returns the ledger that is asked.
   *
   * @return the ledger
   */
  public Ledger ledger() {
    return ledger;
  }

  /**
   * Returns what is asked for in words, for messages.
   *
   * @return such as {@code study is "night", config rate is 0.01}
   */
  @Override
  public String toString() {
    return words.isEmpty() ? "all runs" : words;
  }

  private record Ranked(RunRecord run, double value) {
    static Comparator<Ranked> worstFirst(boolean higherIsBetter) {
      Comparator<Ranked> byValue =
          Comparator.comparingDouble(ranked -> higherIsBetter ? ranked.value : -ranked.value);
      return byValue.thenComparing(ranked -> ranked.run.id(), Comparator.reverseOrder());
    }
  }
}
