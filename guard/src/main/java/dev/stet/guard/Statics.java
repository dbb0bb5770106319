package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generators that outlive trials, in static fields: what state each had before a trial. One without a seed is given a seed
 * of the trial where the guard replaces, and one with a seed is set back to its beginning, so that a trial does not depend
 * on those before it.
 */
final class Statics {
  /** The generator of java.util.Random: state * A + C, modulo 2^48. */
  private static final long A = 0x5DEECE66DL;

  private static final long C = 0xBL;
  private static final long MASK = (1L << 48) - 1;
  private static final int FEW = 1_000_000;

  private static final List<Known> KNOWN = new ArrayList<>();

  private final boolean replacing;
  private final List<Before> before = new ArrayList<>();

  /** A generator and how it began. */
  private record Known(
      WeakReference<Random> random, Finding place, String key, boolean seeded, long first) {}

  /** A generator as it was when the trial began, and as the trial was given it. */
  private record Before(Known known, long found, long given) {}

  private Statics(boolean replacing) {
    this.replacing = replacing;
  }

  static void add(Random random, int site, boolean seeded) {
    Site at = Sites.get(site);
    Finding place = new Finding(
        seeded ? Kind.CARRIED_OVER : Kind.STATIC_GENERATOR,
        Treatment.OBSERVED,
        at.api(),
        at.className(),
        at.method(),
        at.file(),
        at.line(),
        1,
        at.remedy());
    add(random, place, at.key(), seeded);
  }

  @SuppressWarnings("ReferenceEquality") // the same generator, not one in the same state
  static synchronized void add(Random random, Finding place, String key, boolean seeded) {
    if (random.getClass() == Random.class
        && KNOWN.stream().noneMatch(one -> one.random.get() == random)) {
      KNOWN.add(new Known(new WeakReference<>(random), place, key, seeded, state(random)));
    }
  }

  /** Looks at every generator, and gives each to the trial as the mode says. */
  static Statics before(Watch watch) {
    Sweep.look();
    Statics statics = new Statics(watch.replacing);
    for (Known known : known()) {
      Random random = known.random.get();
      if (random != null) {
        long found = state(random);
        if (watch.replacing && !known.seeded) {
          random.setSeed(watch.staticSeed(known.key));
        } else if (watch.replacing && found != known.first) {
          random.setSeed(known.first ^ A); // which setSeed scrambles back
        }
        statics.before.add(new Before(known, found, state(random)));
      }
    }
    return statics;
  }

  private static synchronized List<Known> known() {
    KNOWN.removeIf(one -> one.random.get() == null);
    return List.copyOf(KNOWN);
  }

  /** Which of them the trial drew from, and should not have. */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>();
    for (Before one : before) {
      Random random = one.known.random.get();
      long now = random == null ? one.given : state(random);
      boolean fresh = one.known.seeded && one.found == one.known.first;
      if (now != one.given && !fresh) {
        Finding place = one.known.place;
        all.add(new Finding(
            place.kind(),
            replacing ? Treatment.REPLACED : Treatment.OBSERVED,
            place.api(),
            place.className(),
            place.method(),
            place.file(),
            place.line(),
            steps(one.given, now),
            place.remedy()));
      }
    }
    return all;
  }

  /** Sets what the trial was given back to what it was before. */
  void giveBack() {
    for (Before one : before) {
      Random random = one.known.random.get();
      if (random != null && one.given != one.found) {
        random.setSeed(one.found ^ A); // which setSeed scrambles back
      }
    }
  }

  /** How many numbers lie between two states; 1 if they are too many to be counted, or a seed came between. */
  static long steps(long from, long to) {
    long state = from;
    for (int i = 1; i <= FEW; i++) {
      state = state * A + C & MASK;
      if (state == to) {
        return i;
      }
    }
    return 1;
  }

  /** The 48 bits of state, from the serialised form, which the JDK specifies: the last eight bytes before the end mark. */
  static long state(Random random) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(random);
      }
      byte[] written = bytes.toByteArray();
      return ByteBuffer.wrap(written, written.length - 9, 8).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
