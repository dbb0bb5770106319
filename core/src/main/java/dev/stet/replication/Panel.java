package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.statistics.Multiplicity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Several verdicts read together: of several metrics, data sets, tasks, or steps of a curve.
 *
 * <pre>{@code
 * Panel panel = Panel.of("metric")
 *     .withPrimary("accuracy", accuracy)
 *     .withPrimary("loss", loss)
 *     .withExploratory("epochs", epochs);
 * System.out.println(panel.explain());
 * }</pre>
 *
 * <p>What is primary is declared before the data are seen. The {@link #outcome()} is that of the primary verdicts:
 *
 * <ul>
 *   <li><i>replicated</i> if every one replicates. This needs no correction for their number: all must hold, and each
 *       has at most alpha to do so by mistake (intersection-union, Berger 1982, doi:10.1080/00401706.1982.10487790).
 *   <li><i>differs</i> if at least one differs and still does after {@linkplain Multiplicity#HOLM Holm's adjustment} over
 *       all primary verdicts, so that the chance of any false one is at most alpha, whatever their dependence.
 *   <li><i>inconclusive</i> otherwise.
 * </ul>
 *
 * <p>A verdict of a study that was looked at on the way, as declared, keeps its alpha, and so counts for <i>replicated</i> as it
 * is. The p-value of its last look would be too small: it enters Holm's adjustment with alpha if it differs, and with 1 if not.
 * A study that was looked at and then extended, undeclared, has no known error rate and cannot be primary.
 *
 * <p>Exploratory verdicts are shown apart, without p-value, and never counted.
 *
 * <p>Immutable and safe for use by several threads. Verdicts stay in the order in which they were added.
 *
 * @since 0.1
 */
public final class Panel {
  private final String subject;
  private final List<Entry> entries;

  /**
   * What the primary verdicts say together.
   *
   * @since 0.1
   */
  public enum Outcome {
    /** Every primary verdict is <i>replicated</i>. */
    REPLICATED,
    /** At least one primary verdict is <i>differs</i>, also after Holm's adjustment. */
    DIFFERS,
    /** Neither. */
    INCONCLUSIVE;

    /** Returns the outcome in a word. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A verdict with its name. Immutable and safe for use by several threads.
   *
   * @param name what it is about, such as {@code accuracy} or {@code cifar10}
   * @param verdict the verdict
   * @param primary whether it counts
   * @since 0.1
   */
  public record Entry(String name, Verdict verdict, boolean primary) {
    /**
     * Refuses names that would break a table.
     *
     * @param name what it is about
     * @param verdict the verdict
     * @param primary whether it counts
     */
    public Entry {
      requireVisible(name, "the name of a verdict", "accuracy");
      requireNonNull(verdict, "verdict");
    }
  }

  private Panel(String subject, List<Entry> entries) {
    this.subject = subject;
    this.entries = entries;
  }

  /**
   * Returns a panel without verdicts.
   *
   * @param subject what its verdicts are about, in the singular, such as {@code metric}, {@code data set} or {@code step}
   * @return the panel
   * @throws IllegalArgumentException if the subject is blank or has a control character
   */
  public static Panel of(String subject) {
    return new Panel(requireVisible(subject, "the subject of a panel", "metric"), List.of());
  }

  /**
   * Returns a copy with one more verdict that counts.
   *
   * @param name what it is about, a name not used yet
   * @param verdict the verdict
   * @return the copy
   * @throws IllegalArgumentException if the name is blank or used already, the verdict has another alpha than those before, or
   *     its study was looked at and then extended
   */
  public Panel withPrimary(String name, Verdict verdict) {
    int looks = verdict.evidence().undeclaredLooks();
    if (looks > 0) {
      throw new IllegalArgumentException(
          "the study of \"" + name + "\" was looked at " + (looks == 1 ? "once" : looks + " times")
              + " and then extended, so that its verdict has no known error rate and cannot be primary. Show it by"
              + " withExploratory, or declare the looks beforehand, with untilDecided.");
    }
    return with(new Entry(name, verdict, true));
  }

  /**
   * Returns a copy with one more verdict that is shown and does not count.
   *
   * @param name what it is about, a name not used yet
   * @param verdict the verdict
   * @return the copy
   * @throws IllegalArgumentException if the name is blank or used already
   */
  public Panel withExploratory(String name, Verdict verdict) {
    return with(new Entry(name, verdict, false));
  }

  private Panel with(Entry next) {
    for (Entry entry : entries) {
      if (entry.name().equals(next.name())) {
        throw new IllegalArgumentException(
            "two verdicts of the panel are called \"" + next.name() + "\""
                + (entry.primary() == next.primary()
                    ? ". Give each a name of its own."
                    : ", one primary and one exploratory. Decide which it is: what counts is declared before the data are"
                        + " seen."));
      }
      if (entry.primary() && next.primary() && alpha(entry) != alpha(next)) {
        throw new IllegalArgumentException(
            "the primary verdicts of a panel need one alpha; " + entry.name()
                + " has " + Decimals.shortest(alpha(entry)) + ", " + next.name() + " has "
                + Decimals.shortest(alpha(next)) + ". Use the same method for all.");
      }
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(next);
    return new Panel(subject, List.copyOf(more));
  }

  /**
   * Returns what the primary verdicts say together.
   *
   * @return replicated, differs or inconclusive
   * @throws IllegalStateException if there is no primary verdict
   */
  public Outcome outcome() {
    List<Entry> counted = primary();
    if (counted.stream().allMatch(entry -> entry.verdict() instanceof Replicated)) {
      return Outcome.REPLICATED;
    }
    return differing().isEmpty() ? Outcome.INCONCLUSIVE : Outcome.DIFFERS;
  }

  /**
   * Returns the primary verdicts that differ, also after Holm's adjustment: which ones failed.
   *
   * @return a part of the entries, in their order
   * @throws IllegalStateException if there is no primary verdict
   */
  public List<Entry> differing() {
    Map<String, Double> adjusted = adjustedPValues();
    return primary().stream()
        .filter(entry -> entry.verdict() instanceof Differs
            && adjusted.getOrDefault(entry.name(), 1.0) <= alpha(entry))
        .toList();
  }

  /**
   * Returns the p-values of "it does not differ" of the primary verdicts, adjusted by Holm for their number.
   *
   * <p>A verdict that something else stands in the way of, such as failed runs, cannot differ and enters with 1. One of a
   * study that was looked at on the way enters with alpha if it differs, and with 1 if not.
   *
   * @return a p-value for each name, in the order of the panel, unmodifiable
   * @throws IllegalStateException if there is no primary verdict
   */
  public Map<String, Double> adjustedPValues() {
    List<Entry> counted = primary();
    double[] adjusted = Multiplicity.HOLM.adjust(
        counted.stream().mapToDouble(entry -> pValue(entry.verdict())).toArray());
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < adjusted.length; i++) {
      named.put(counted.get(i).name(), adjusted[i]);
    }
    return Collections.unmodifiableMap(named);
  }

  /** The evidence's own, unless an obstacle kept the verdict from differing: its hypothesis cannot be rejected then. */
  private static double pValue(Verdict verdict) {
    if (!verdict.evidence().looks().isEmpty()) {
      // All looks together differ with a chance of at most alpha: no more is known, and no less.
      return verdict instanceof Differs ? verdict.evidence().method().alpha() : 1;
    }
    double p = verdict.evidence().differencePValue();
    boolean kept =
        !(verdict instanceof Differs) && p <= verdict.evidence().method().alpha();
    return kept ? 1 : p;
  }

  private static double alpha(Entry entry) {
    return entry.verdict().evidence().method().alpha();
  }

  private List<Entry> primary() {
    List<Entry> counted = entries.stream().filter(Entry::primary).toList();
    if (counted.isEmpty()) {
      throw new IllegalStateException("the panel has no primary " + subject
          + ", so that nothing counts. Add one by withPrimary(name, verdict).");
    }
    return counted;
  }

  /**
   * Returns what the verdicts are about.
   *
   * @return the subject, in the singular
   */
  public String subject() {
    return subject;
  }

  /**
   * Returns the verdicts.
   *
   * @return all of them, in the order in which they were added, unmodifiable
   */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * Returns the verdicts as a page: what they say together, a table, and how to read it.
   *
   * @return several lines without a line break at the end
   * @throws IllegalStateException if there is no primary verdict
   */
  public String explain() {
    return new PanelText(this).page();
  }

  /**
   * Returns the verdicts as a Markdown table.
   *
   * @return a line for each verdict below two of header, without a line break at the end
   * @throws IllegalStateException if there is no primary verdict
   */
  public String markdown() {
    return new PanelText(this).markdown();
  }

  /**
   * Returns the verdicts as a LaTeX tabular that needs no package.
   *
   * @return the environment, with a row for each verdict, without a line break at the end
   * @throws IllegalStateException if there is no primary verdict
   */
  public String latex() {
    return new PanelText(this).latex();
  }

  /** Returns the panel in a line. */
  @Override
  public String toString() {
    long counted = entries.stream().filter(Entry::primary).count();
    return "panel of " + counted + " primary and " + (entries.size() - counted)
        + " exploratory verdicts by " + subject;
  }

  static String requireVisible(String text, String what, String example) {
    if (requireNonNull(text, "name").isBlank() || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " must hold a visible character and no control character; got \"" + text
              + "\". Give one such as \"" + example + "\".");
    }
    return text;
  }
}
