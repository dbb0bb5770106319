package org.example.sources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Orders that are nobody's: sources 11 to 20. */
@SuppressWarnings("unused") // each is made by the guarded loader
final class Order {
  private Order() {}

  static final class SetOf implements Callable<Object> {
    @Override
    public Object call() {
      return String.join("", Set.of("a", "b", "c", "d", "e", "f", "g", "h"));
    }
  }

  static final class IdentityHash implements Callable<Object> {
    @Override
    public Object call() {
      return System.identityHashCode(new Object());
    }
  }

  /** Without a hashCode of its own: the order is the one of identity hashes, and no call site shows it. */
  static final class IdentitySet implements Callable<Object> {
    /** Compared by identity. */
    static final class Item {
      final int number;

      Item(int number) {
        this.number = number;
      }
    }

    @Override
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // the identity is what it is about
    public Object call() {
      Set<Item> set = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        set.add(new Item(i));
      }
      return set.stream().map(one -> one.number).toList();
    }
  }

  static final class ConcurrentMap implements Callable<Object> {
    @Override
    public Object call() throws InterruptedException {
      Map<String, Integer> map = new ConcurrentHashMap<>();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int first = t * 1000;
        Thread thread = new Thread(
            () -> IntStream.range(first, first + 1000).forEach(i -> map.put("k" + i, i)));
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return new ArrayList<>(map.values());
    }
  }

  static final class StringMap implements Callable<Object> {
    @Override
    public Object call() {
      Map<String, Integer> map = new HashMap<>();
      for (int i = 0; i < 50; i++) {
        map.put("k" + i, i);
      }
      return new ArrayList<>(map.values());
    }
  }

  static final class ParallelSum implements Callable<Object> {
    @Override
    public Object call() {
      return DoubleStream.iterate(1, x -> x * 1.1).limit(200).parallel().reduce(0, Double::sum);
    }
  }

  static final class Adders implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      DoubleAdder adder = new DoubleAdder();
      ExecutorService pool = Executors.newFixedThreadPool(2);
      for (int i = 1; i < 100; i++) {
        double value = 1.0 / i;
        pool.execute(() -> adder.add(value));
      }
      pool.shutdown();
      pool.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
      return adder.sum()
          + List.of(1, 2).stream()
              .collect(Collectors.groupingByConcurrent(i -> i))
              .size();
    }
  }

  static final class Race implements Callable<Object> {
    private int counter;

    @Override
    public Object call() throws InterruptedException {
      Thread other = new Thread(this::count);
      other.start();
      count();
      other.join();
      return counter;
    }

    private void count() {
      for (int i = 0; i < 10_000; i++) {
        counter++;
      }
    }
  }

  static final class PoolTasks implements Callable<Object> {
    @Override
    public Object call() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(3);
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(pool.submit(() -> new Random().nextDouble()));
      }
      List<Double> all = new ArrayList<>();
      for (Future<Double> one : futures) {
        all.add(one.get());
      }
      pool.shutdown();
      return all;
    }
  }

  static final class ParallelDraws implements Callable<Object> {
    @Override
    public Object call() {
      return IntStream.range(0, 2000).parallel().mapToObj(i -> draw()).toList();
    }

    private static double draw() {
      double sum = 0;
      for (int i = 0; i < 100; i++) {
        sum += Math.random();
      }
      return sum;
    }
  }
}
