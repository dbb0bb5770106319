package dev.stet.guard;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts, in the JDK itself, how many unseeded generators were made and how many numbers {@code Math.random()} gave: those
 * that no rewritten call made went past the guard, by reflection or inside the JDK. Needs java.base open to the guard.
 */
final class Probe {
  private static final long UNIQUIFIER = 1181783497276652981L;
  /** Twice the golden gamma, modulo 2^64. */
  private static final long GAMMA = 0x9e3779b97f4a7c15L << 1;

  private static final int FEW = 200_000;

  private static volatile @Nullable Sources sources;

  /** The hidden counters of the JDK. */
  private record Sources(AtomicLong uniquifier, AtomicLong splits, Random mathRandom) {}

  private final @Nullable Sources at;
  private final long uniquifier;
  private final long splits;
  private final long drawn;

  private Probe(@Nullable Sources at) {
    this.at = at;
    this.uniquifier = at == null ? 0 : at.uniquifier.get();
    this.splits = at == null ? 0 : at.splits.get();
    this.drawn = at == null ? 0 : Statics.state(at.mathRandom);
  }

  /** Looks for the counters; called when java.base was opened. */
  @SuppressWarnings(
      "UnusedCollectionModifiedInPlace") // the shuffle is for what it leaves behind in the JDK
  static void reach() {
    Module own = Probe.class.getModule();
    Module base = Random.class.getModule();
    if (!base.isOpen("java.util", own) || !base.isOpen("java.lang", own)) {
      return;
    }
    // The JDK makes these generators of its own when they are first asked for; now, so that no
    // trial is told of them.
    ThreadLocalRandom.current();
    List<String> none = new ArrayList<>(0);
    Collections.shuffle(none);
    try {
      Class<?> holder = Class.forName("java.lang.Math$RandomNumberGeneratorHolder");
      sources = new Sources(
          (AtomicLong) of(Random.class, "seedUniquifier", AtomicLong.class),
          (AtomicLong) of(SplittableRandom.class, "defaultGen", AtomicLong.class),
          (Random) of(holder, "randomNumberGenerator", Random.class));
    } catch (ReflectiveOperationException e) {
      sources = null; // a JDK that we have not met; the limits say that nothing was counted
    }
  }

  private static Object of(Class<?> owner, String field, Class<?> type)
      throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
        .findStaticVarHandle(owner, field, type)
        .get();
  }

  static boolean isReachable() {
    return sources != null;
  }

  static Probe start() {
    return new Probe(sources);
  }

  /** How often rewritten calls used each of the three in this time, and got the JDK's own. */
  record Plain(long randoms, long splits, long mathRandoms) {}

  List<Finding> escaped(Plain plain) {
    List<Finding> all = new ArrayList<>();
    Sources now = at;
    if (now != null) {
      add(
          all,
          "new Random()",
          steps(uniquifier, now.uniquifier.get(), UNIQUIFIER, 0) - plain.randoms);
      add(all, "new SplittableRandom()", steps(splits, now.splits.get(), 1, GAMMA) - plain.splits);
      long state = Statics.state(now.mathRandom);
      // A number of Math.random() takes two steps.
      long numbers = state == drawn ? 0 : (Statics.steps(drawn, state) + 1) / 2;
      add(all, "Math.random()", numbers - plain.mathRandoms);
    }
    return all;
  }

  private static void add(List<Finding> all, String api, long count) {
    if (count > 0) {
      all.add(new Finding(
          Kind.BLIND_SPOT,
          Treatment.NOT_FIXABLE,
          api + " by reflection or inside the JDK",
          "",
          "",
          0,
          count,
          "Find who makes it, and give it a seed; the guard saw only that it was made."));
    }
  }

  /** How many steps lead from one value to the other. */
  private static long steps(long from, long to, long factor, long increment) {
    long value = from;
    for (int i = 0; i <= FEW; i++) {
      if (value == to) {
        return i;
      }
      value = value * factor + increment;
    }
    return FEW;
  }
}
