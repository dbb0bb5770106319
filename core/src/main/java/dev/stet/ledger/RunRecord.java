package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.trace.Trace;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run as the ledger had it when somebody looked.
 *
 * <p>What stands in the line of the run is at hand: names, seed, config, status, last values. {@link #fingerprint()} and
 * {@link #trace()} read files of the ledger when they are called, and check them.
 *
 * <p>Two records are equal when they are of one run in one state. Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class RunRecord {
  private final Layout layout;
  private final Line line;
  private final RunStatus status;

  RunRecord(Layout layout, Line line, RunStatus status) {
    this.layout = layout;
    this.line = line;
    this.status = status;
  }

  static RunRecord ended(Layout layout, Line line) {
    return new RunRecord(layout, line, line.status());
  }

  /**
   * Returns the id of the run, which no other run has.
   *
   * @return such as {@code 0192f3c4a5b6-5f0e...}
   */
  public String id() {
    return line.text(Line.Member.ID);
  }

  /**
   * Returns the name of the experiment.
   *
   * @return the name
   */
  public String experiment() {
    return line.text(Line.Member.EXPERIMENT);
  }

  /**
   * Returns the name of the study that the run is part of.
   *
   * @return the name, or empty if it is part of none
   */
  public Optional<String> study() {
    return line.optionalText(Line.Member.STUDY);
  }

  /**
   * Returns how the run stood.
   *
   * @return the status; of a run without an end, running if its process was there, and interrupted if not
   */
  public RunStatus status() {
    return status;
  }

  /**
   * Returns the seed of the trial.
   *
   * @return the seed
   * @throws LedgerException if the line holds none
   */
  public Seed seed() {
    return read("seed", () -> Seed.parse(line.text(Line.Member.SEED)));
  }

  /**
   * Returns when the run began, by the clock of its machine.
   *
   * @return the time, in milliseconds; nothing of the ledger depends on it
   * @throws LedgerException if the line holds none
   */
  public Instant started() {
    return read("start", () -> Instant.parse(line.text(Line.Member.STARTED)));
  }

  /**
   * Returns how long the body ran.
   *
   * @return the duration by a monotonic clock, or empty if the run has no end
   * @throws LedgerException if the line holds another thing there
   */
  public Optional<Duration> duration() {
    return line.has(Line.Member.SECONDS)
        ? Optional.of(read("duration", () -> duration(line.raw(Line.Member.SECONDS))))
        : Optional.empty();
  }

  private static Duration duration(String seconds) {
    BigDecimal nanos = new BigDecimal(seconds).movePointRight(9);
    var parts =
        nanos.toBigIntegerExact().divideAndRemainder(BigDecimal.TEN.pow(9).toBigInteger());
    return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
  }

  /**
   * Returns why the run did not complete.
   *
   * @return the failure, or empty if the run completed, is running, or was interrupted without a word
   * @throws LedgerException if the line holds another thing there
   */
  public Optional<RunFailure> failure() {
    if (!line.has(Line.Member.FAILURE)) {
      return Optional.empty();
    }
    return Optional.of(read("failure", () -> {
      Map<String, String> texts = line.texts(Line.Member.FAILURE);
      return new RunFailure(
          texts.getOrDefault("type", ""),
          texts.getOrDefault("message", ""),
          texts.getOrDefault("stack_trace", ""));
    }));
  }

  /**
   * Returns what a guard saw of the run.
   *
   * @return the findings, and what it could not see; empty if nothing watched, or the run has no end
   * @throws LedgerException if the line holds another thing there, or a kind of finding that a newer version knows
   */
  public Observation observation() {
    return read("findings", () -> FindingsText.read(line));
  }

  /**
   * Returns the runs that this one refers to.
   *
   * @return their ids by what this run is to them
   * @throws LedgerException if the line holds an unknown link
   */
  public Map<Link, String> links() {
    return read("links", () -> {
      Map<Link, String> links = new EnumMap<>(Link.class);
      line.texts(Line.Member.LINKS).forEach((link, id) -> links.put(Link.parse(link), id));
      return Collections.unmodifiableMap(links);
    });
  }

  /**
   * Returns the last value of every metric whose values have an order.
   *
   * @return the values by name, raw bits of a NaN apart; without metrics that several threads recorded without steps;
   *     empty for a run without an end
   * @throws LedgerException if the line holds other things there
   */
  public Map<String, Double> metrics() {
    return read("metrics", () -> Collections.unmodifiableMap(line.numbers(Line.Member.METRICS)));
  }

  /**
   * Returns the config as its canonical form has it.
   *
   * @return the values by name; empty if the fingerprint has no config
   * @throws LedgerException if the line holds another thing there
   */
  @SuppressWarnings("unchecked") // the tree of a canonical form has texts for keys
  public Map<String, Object> config() {
    CanonicalForm form = configForm();
    return form != null && form.value() instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : Map.of();
  }

  private @Nullable CanonicalForm configForm() {
    return line.has(Line.Member.CONFIG)
        ? read("config", () -> CanonicalForm.parse(line.raw(Line.Member.CONFIG)))
        : null;
  }

  /**
   * Returns the digest of the recipe.
   *
   * @return what {@link Fingerprint#recipe()} gave
   * @throws LedgerException if the line holds none
   */
  public String recipe() {
    return read("recipe", () -> line.text(Line.Member.RECIPE));
  }

  /**
   * Reads the identity of everything that determines the run.
   *
   * @return the fingerprint; equal to the one the run began with
   * @throws LedgerException if a file of it is missing or altered; the message names it
   */
  public Fingerprint fingerprint() {
    String sheet = read("facets", () -> line.text(Line.Member.FACETS));
    String seed = read("seed", () -> line.text(Line.Member.SEED));
    Fingerprint fingerprint =
        read("fingerprint", () -> FacetStore.read(layout, sheet, configForm(), seed));
    String digest = read("fingerprint", () -> line.text(Line.Member.FINGERPRINT));
    if (!fingerprint.digest().equals(digest)) {
      throw new LedgerException("the fingerprint of run " + id() + " has the digest "
          + fingerprint.digest() + ", and its line says " + digest
          + ". The line was not written by Stet, or the facets are of another ledger.");
    }
    return fingerprint;
  }

  /**
   * Reads everything the run recorded.
   *
   * @return the trace, bit for bit; one without records if the run has no end
   * @throws LedgerException if its file is missing or altered; the message names it
   */
  public Trace trace() {
    return TraceStore.read(layout, line);
  }

  /**
   * Returns where the checkpoints of the run are.
   *
   * @return a directory of the ledger; it may not exist
   */
  public Path checkpoints() {
    return layout.checkpoints(id());
  }

  /** The last value of one metric; {@code name} as {@link Line#encoded} gives it. */
  OptionalDouble metric(byte[] name) {
    return line.number(Line.Member.METRICS, name);
  }

  Line line() {
    return line;
  }

  private <T> T read(String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
      throw new LedgerException(
          "run " + id() + " of the ledger " + layout.directory() + " has no readable " + what + ": "
              + e.getMessage() + ". Its line has a right checksum, so it was written so.",
          e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RunRecord record && record.id().equals(id()) && record.status == status;
  }

  @Override
  public int hashCode() {
    return id().hashCode();
  }

  /** Returns the run in a line. */
  @Override
  public String toString() {
    return experiment() + ", seed " + line.text(Line.Member.SEED) + ": " + status.label() + " ("
        + id() + ")";
  }
}
