package org.example.sources;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Numbers that are nobody's: sources 1 to 10, and 34. */
@SuppressWarnings("unused") // each is made by the guarded loader
final class Randomness {
  private Randomness() {}

  static final class MathRandom implements Callable<Object> {
    @Override
    public Object call() {
      return Math.random() + StrictMath.random();
    }
  }

  static final class NewRandom implements Callable<Object> {
    /** A generator of the program's own. */
    static final class Own extends Random {
      private static final long serialVersionUID = 1;
    }

    @Override
    public Object call() {
      return new Random().nextLong() + new Own().nextLong();
    }
  }

  /** Its generator is there before the trial, because a program has used the class already. */
  static final class StaticGenerator implements Callable<Object> {
    private static final Random SHARED = new Random();

    @Override
    public Object call() {
      return SHARED.nextLong();
    }
  }

  static final class ThreadLocalGenerator implements Callable<Object> {
    @Override
    public Object call() {
      return ThreadLocalRandom.current().nextLong();
    }
  }

  static final class OtherGenerators implements Callable<Object> {
    @Override
    public Object call() {
      return new SplittableRandom().nextLong()
          + RandomGenerator.getDefault().nextLong()
          + RandomGenerator.of("Xoshiro256PlusPlus").nextLong()
          + RandomGeneratorFactory.of("L32X64MixRandom").create().nextLong();
    }
  }

  static final class SecureGenerator implements Callable<Object> {
    @Override
    public Object call() {
      return new SecureRandom(new byte[] {1, 2, 3}).nextLong();
    }
  }

  static final class Ids implements Callable<Object> {
    @Override
    public Object call() {
      return UUID.randomUUID();
    }
  }

  static final class Shuffled implements Callable<Object> {
    @Override
    @SuppressWarnings("JdkObsolete")
    public Object call() {
      List<Integer> list = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        list.add(i);
      }
      Collections.shuffle(list);
      return list;
    }
  }

  static final class ClockSeed implements Callable<Object> {
    @Override
    public Object call() {
      return new Random(System.nanoTime()).nextLong();
    }
  }

  static final class StopsInTime implements Callable<Object> {
    @Override
    public Object call() {
      long end = System.nanoTime() + 100_000;
      int steps = 0;
      while (System.nanoTime() < end) {
        steps++;
      }
      return steps;
    }
  }

  static final class SeededGenerator implements Callable<Object> {
    @Override
    public Object call() {
      return new Random(5).nextLong() + new SplittableRandom(5).nextLong();
    }
  }
}
