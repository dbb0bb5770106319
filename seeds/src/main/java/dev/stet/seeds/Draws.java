package dev.stet.seeds;

import java.util.Spliterator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Draws as Java streams. The source never splits, so that even a stream made parallel draws in order, from one
 * thread at a time; and one of n numbers draws n times and not more.
 */
abstract class Draws {
  /** So many that nobody sees the end. */
  static final long UNLIMITED = Long.MAX_VALUE;

  private long left;

  private Draws(long count) {
    Bounds.requireCount("streamSize", count);
    this.left = count;
  }

  static IntStream ints(long count, IntSupplier next) {
    return StreamSupport.intStream(new Ints(count, next), false);
  }

  static LongStream longs(long count, LongSupplier next) {
    return StreamSupport.longStream(new Longs(count, next), false);
  }

  static DoubleStream doubles(long count, DoubleSupplier next) {
    return StreamSupport.doubleStream(new Doubles(count, next), false);
  }

  final boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  public long estimateSize() {
    return left;
  }

  public int characteristics() {
    int sized = left == UNLIMITED ? 0 : Spliterator.SIZED | Spliterator.SUBSIZED;
    return sized | Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
  }

  private static final class Ints extends Draws implements Spliterator.OfInt {
    private final IntSupplier next;

    Ints(long count, IntSupplier next) {
      super(count);
      this.next = next;
    }

    @Override
    public boolean tryAdvance(IntConsumer action) {
      boolean more = take();
      if (more) {
        action.accept(next.getAsInt());
      }
      return more;
    }

    @Override
    public Spliterator.@Nullable OfInt trySplit() {
      return null;
    }
  }

  private static final class Longs extends Draws implements Spliterator.OfLong {
    private final LongSupplier next;

    Longs(long count, LongSupplier next) {
      super(count);
      this.next = next;
    }

    @Override
    public boolean tryAdvance(LongConsumer action) {
      boolean more = take();
      if (more) {
        action.accept(next.getAsLong());
      }
      return more;
    }

    @Override
    public Spliterator.@Nullable OfLong trySplit() {
      return null;
    }
  }

  private static final class Doubles extends Draws implements Spliterator.OfDouble {
    private final DoubleSupplier next;

    Doubles(long count, DoubleSupplier next) {
      super(count);
      this.next = next;
    }

    @Override
    public boolean tryAdvance(DoubleConsumer action) {
      boolean more = take();
      if (more) {
        action.accept(next.getAsDouble());
      }
      return more;
    }

    @Override
    public Spliterator.@Nullable OfDouble trySplit() {
      return null;
    }
  }
}
