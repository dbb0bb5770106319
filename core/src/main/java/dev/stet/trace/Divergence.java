package dev.stet.trace;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first place at which two traces part.
 *
 * <p>Immutable. The texts call the two sides <i>first run</i> and <i>rerun</i>.
 *
 * @since 0.1
 */
public final class Divergence {
  /** What is different at the place. */
  public enum Kind {
    /** Both recorded this metric at this step, with other bits. */
    VALUE,
    /** Both took this digest, of other bits. */
    DIGEST,
    /** One recorded something else here. */
    OTHER_RECORD,
    /** One recorded nothing more. */
    MISSING,
    /** Every record is equal; a stream had drawn another number of numbers in the end. */
    DRAWS
  }

  private final Kind kind;
  private final Optional<Integer> index;
  private final int total;
  private final int equalBefore;
  private final @Nullable Item first;
  private final @Nullable Item rerun;
  private final StreamCounts streams;
  private final StreamCounts atTheEnd;

  Divergence(
      Kind kind,
      @Nullable Integer index,
      int total,
      int equalBefore,
      @Nullable Item first,
      @Nullable Item rerun,
      StreamCounts streams,
      StreamCounts atTheEnd) {
    this.kind = kind;
    this.index = Optional.ofNullable(index);
    this.total = total;
    this.equalBefore = equalBefore;
    this.first = first;
    this.rerun = rerun;
    this.streams = streams;
    this.atTheEnd = atTheEnd;
  }

  /**
   * Returns what is different.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the place in the order of the run's own thread.
   *
   * @return the index of the record, from 0; empty for a record of another thread and for draw counts
   */
  public Optional<Integer> index() {
    return index;
  }

  /**
   * Returns how many records the longer of the two traces has.
   *
   * @return at least 0
   */
  public int total() {
    return total;
  }

  /**
   * Returns how many records were found equal before the place.
   *
   * @return at least 0
   */
  public int equalBefore() {
    return equalBefore;
  }

  /**
   * Returns the metric or digest at the place.
   *
   * @return its name in the first run, or in the rerun if the first run has nothing there; empty for draw counts
   */
  public Optional<String> name() {
    Item item = first != null ? first : rerun;
    return item == null ? Optional.empty() : Optional.of(item.channel().name());
  }

  /**
   * Returns the step at the place.
   *
   * @return the step that belongs to {@link #name()}
   */
  public Optional<Long> step() {
    Item item = first != null ? first : rerun;
    return item == null ? Optional.empty() : Optional.of(item.step());
  }

  /**
   * Returns the streams that had drawn another number of numbers at the place, or in the end for draw counts.
   *
   * @return their paths; empty if none had, or if none was tracked there
   */
  public List<String> streamsApart() {
    return streams.apart();
  }

  /**
   * Names the place in a few words.
   *
   * @return such as {@code first difference at record 17 of 41}
   */
  public String place() {
    if (kind == Kind.DRAWS) {
      return "every record is equal, but not what was drawn";
    }
    return index
        .map(i -> "first difference at record " + Numbers.grouped(i + 1) + " of "
            + Numbers.grouped(total))
        .orElse("first difference in a record of another thread");
  }

  /**
   * Shows both sides, each number in decimal and hexadecimal.
   *
   * @return some lines, the first with the name and the step, the others indented by two
   */
  public String block() {
    return DivergenceText.block(kind, first, rerun, streams);
  }

  /**
   * Says which streams had drawn another number of numbers, or that none had, and what follows from it.
   *
   * @return one or two sentences; empty if no stream was tracked or the counts are all there is
   */
  public String streams() {
    return kind == Kind.DRAWS ? "" : streams.sentence(atTheEnd);
  }

  @Override
  public String toString() {
    return place() + "\n" + block();
  }
}
