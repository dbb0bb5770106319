package dev.stet.guard;

import dev.stet.seeds.RandomStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the clock gave last at one place on this thread, and what the trial gives instead: one number, however many seeds are
 * made of the one reading.
 */
final class Reading {
  private static final ThreadLocal<Map<Integer, Reading>> LAST = new ThreadLocal<>();

  private final long clock;
  private boolean drawn;
  private long given;

  private Reading(long clock) {
    this.clock = clock;
  }

  static void keep(int place, long clock) {
    Map<Integer, Reading> all = LAST.get();
    if (all == null) {
      all = new HashMap<>();
      LAST.set(all);
    }
    all.put(place, new Reading(clock));
  }

  static @Nullable Reading last(int place) {
    Map<Integer, Reading> all = LAST.get();
    return all == null ? null : all.get(place);
  }

  long clock() {
    return clock;
  }

  long given(RandomStream stream) {
    if (!drawn) {
      given = stream.nextLong();
      drawn = true;
    }
    return given;
  }
}
