package dev.stet.bench.guard;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Calls that the guard rewrites, each behind an interface of the JDK, so that either loader's class can be measured. */
public final class Calls implements Callable<List<DoubleSupplier>> {
  private final Random seeded = new Random(1);
  private double x = 0.5;

  /** Made by either loader. */
  public Calls() {}

  /** The order of {@link GuardBenchmark}. */
  @Override
  public List<DoubleSupplier> call() {
    return List.of(
        this::mathRandom,
        this::newRandom,
        this::newSplittable,
        this::threadLocal,
        this::nanoTime,
        this::exp,
        this::identityHash,
        this::seededDraw);
  }

  private double mathRandom() {
    return Math.random();
  }

  private double newRandom() {
    return new Random().nextInt();
  }

  private double newSplittable() {
    return new SplittableRandom().nextInt();
  }

  private double threadLocal() {
    return ThreadLocalRandom.current().nextInt();
  }

  private double nanoTime() {
    return System.nanoTime();
  }

  private double exp() {
    x = x > 1 ? 0.5 : x + 0.001;
    return Math.exp(x);
  }

  private double identityHash() {
    return System.identityHashCode(this);
  }

  private double seededDraw() {
    return seeded.nextInt();
  }
}
