package dev.stet.guard;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What the guard does: its mode and its switches.
 *
 * <pre>{@code
 * GuardOptions.replace().withSequentialStreams();
 * GuardOptions.parse("mode=replace,sequential");    // the same: as an agent's argument, or in -Dstet.guard
 * }</pre>
 *
 * <p>A switch changes what a program computes, on purpose and in every mode; so none is on unless it is asked for.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class GuardOptions {
  /** The system property that holds options, for carriers that are given none otherwise: {@value}. */
  public static final String PROPERTY = "stet.guard";

  private final GuardMode mode;
  private final Set<Switch> switches;

  /** What can be switched on. */
  enum Switch {
    /** Parallel streams run on the thread that asks for them, within trials. */
    SEQUENTIAL,
    /** {@code Math} is {@code StrictMath}, wherever classes are rewritten. */
    STRICT,
    /** {@code HashMap} and {@code HashSet} are linked ones, wherever classes are rewritten. */
    LINKED,
    /** {@code UUID.randomUUID()} is replaced as well. */
    UUIDS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private GuardOptions(GuardMode mode, Set<Switch> switches) {
    this.mode = mode;
    this.switches = switches;
  }

  /**
   * Observes: findings are reported and change nothing.
   *
   * @return options without switches
   */
  public static GuardOptions observe() {
    return of(GuardMode.OBSERVE);
  }

  /**
   * Fails trials that use what is not their own, for continuous integration.
   *
   * @return options without switches
   */
  public static GuardOptions fail() {
    return of(GuardMode.FAIL);
  }

  /**
   * Replaces what is not the trial's own by streams of the trial.
   *
   * @return options without switches
   */
  public static GuardOptions replace() {
    return of(GuardMode.REPLACE);
  }

  private static GuardOptions of(GuardMode mode) {
    return new GuardOptions(mode, EnumSet.noneOf(Switch.class));
  }

  /**
   * Reads options.
   *
   * @param text words with commas between them: {@code mode=observe}, {@code mode=fail} or {@code mode=replace}, and the
   *     switches {@code sequential}, {@code strict}, {@code linked} and {@code uuids}; empty for observing
   * @return the options
   * @throws IllegalArgumentException if a word is none of these
   */
  public static GuardOptions parse(String text) {
    GuardOptions options = observe();
    for (String part : requireNonNull(text, "text").split(",", -1)) {
      String word = part.strip();
      if (word.startsWith("mode=")) {
        options = new GuardOptions(GuardMode.parse(word.substring(5)), options.switches);
      } else if (!word.isEmpty()) {
        options = options.with(named(word, text));
      }
    }
    return options;
  }

  private static Switch named(String word, String text) {
    for (Switch one : Switch.values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    throw new IllegalArgumentException("the guard has no option \"" + word + "\", in \"" + text
        + "\". Give mode=observe, mode=fail or mode=replace, and any of sequential, strict, linked and uuids,"
        + " with commas between them.");
  }

  /**
   * Runs parallel streams on the thread that asks for them, within trials.
   *
   * @return a copy
   */
  public GuardOptions withSequentialStreams() {
    return with(Switch.SEQUENTIAL);
  }

  /**
   * Calls {@code StrictMath} where a rewritten class calls {@code Math}, so that the last bits do not depend on JDK and
   * processor. Slower: {@code pow} by a factor of seven.
   *
   * @return a copy
   */
  public GuardOptions withStrictMath() {
    return with(Switch.STRICT);
  }

  /**
   * Makes a {@code LinkedHashMap} or {@code LinkedHashSet} where a rewritten class makes a {@code HashMap} or {@code
   * HashSet}, so that their order is the one of insertion. Collections that the JDK makes, such as those of collectors, stay.
   *
   * @return a copy
   */
  public GuardOptions withLinkedCollections() {
    return with(Switch.LINKED);
  }

  /**
   * Replaces {@code UUID.randomUUID()} too, in the mode that replaces. Not for programs that use such ids as keys in a store
   * that other trials share: the same trial makes the same ids again.
   *
   * @return a copy
   */
  public GuardOptions withUuids() {
    return with(Switch.UUIDS);
  }

  private GuardOptions with(Switch one) {
    EnumSet<Switch> all = EnumSet.of(one);
    all.addAll(switches);
    return new GuardOptions(mode, all);
  }

  /**
   * Returns the mode.
   *
   * @return what is done about what is seen
   */
  public GuardMode mode() {
    return mode;
  }

  boolean has(Switch one) {
    return switches.contains(one);
  }

  boolean replaces() {
    return mode == GuardMode.REPLACE;
  }

  /** The same mode, with these for the switches that change how classes are rewritten. */
  GuardOptions rewrittenWith(Rewriter.Switches given) {
    EnumSet<Switch> all = EnumSet.noneOf(Switch.class);
    all.addAll(switches);
    all.remove(Switch.STRICT);
    all.remove(Switch.LINKED);
    if (given.strict()) {
      all.add(Switch.STRICT);
    }
    if (given.linked()) {
      all.add(Switch.LINKED);
    }
    return new GuardOptions(mode, all);
  }

  Rewriter.Switches rewriting() {
    return new Rewriter.Switches(has(Switch.STRICT), has(Switch.LINKED));
  }

  /** What belongs in a fingerprint. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("mode", mode.name().toLowerCase(Locale.ROOT));
    for (Switch one : Switch.values()) {
      settings.put(one.word(), has(one));
    }
    return settings;
  }

  /**
   * Compares mode and switches.
   *
   * @param other anything
   * @return whether it is the same options
   */
  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof GuardOptions that
        && mode == that.mode
        && switches.equals(that.switches);
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /**
   * Returns the options in words that {@link #parse(String)} reads.
   *
   * @return such as {@code mode=replace,sequential}
   */
  @Override
  public String toString() {
    StringJoiner words = new StringJoiner(",");
    words.add("mode=" + mode.name().toLowerCase(Locale.ROOT));
    switches.forEach(one -> words.add(one.word()));
    return words.toString();
  }
}
