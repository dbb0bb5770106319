package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import dev.stet.spi.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws in tasks belong to the trial that started them, by which task it is and not by which thread. */
class TasksTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        Submitted.class,
        SubmittedWithResult.class,
        InvokedAll.class,
        Completable.class,
        Chained.class,
        Scheduled.class,
        Threads.class,
        ThreadSubclasses.class,
        RunByTheCaller.class,
        NestedTasks.class,
        VirtualThreads.class
      })
  void giveTheSameWhicheverThreadRunsThem(Class<? extends Callable<List<Double>>> work) {
    Guarded<List<Double>> first = Guarded.run(GuardOptions.replace(), 1, work);

    for (int i = 0; i < 4; i++) {
      Guarded<List<Double>> again = Guarded.run(GuardOptions.replace(), 1, work);
      assertThat(again.value()).isEqualTo(first.value());
    }
    assertThat(first.value()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(8);
    assertThat(first.of(Kind.UNSEEDED_RANDOM))
        .isNotEmpty()
        .extracting(Finding::treatment)
        .containsOnly(Treatment.REPLACED);
    assertThat(Guarded.run(GuardOptions.replace(), 2, work).value()).isNotEqualTo(first.value());
  }

  @Test
  void aParallelStreamIsOfNoKnownTrialUnlessItRunsInTurn() {
    Guarded<List<Double>> run = Guarded.run(GuardOptions.replace(), 1, ParallelDraws.class);
    GuardOptions turned = GuardOptions.replace().withSequentialStreams();

    assertThat(run.of(Kind.UNSEEDED_RANDOM))
        .extracting(Finding::treatment)
        .contains(Treatment.ORPHAN);
    assertThat(Guarded.run(turned, 1, ParallelDraws.class).value())
        .isEqualTo(Guarded.run(turned, 1, ParallelDraws.class).value());
  }

  @Test
  void aGeneratorThatATasksThreadKeepsIsOfNoKnownTask() {
    Guarded<List<Double>> run = Guarded.run(GuardOptions.replace(), 1, KeptByThreads.class);

    assertThat(run.of(Kind.UNSEEDED_RANDOM))
        .singleElement()
        .satisfies(one -> assertThat(one.treatment()).isEqualTo(Treatment.ORPHAN));
  }

  @Test
  void tasksOutsideOfTrialsAreTheTasksThemselves() {
    Runnable task = () -> {};
    assertThat(GuardTasks.runnable(task)).isSameAs(task);
  }

  @Nested
  class SeveralTrials {
    private final GuardOptions options = GuardOptions.replace();

    @Test
    void atOnceEachHasItsOwn() throws Exception {
      try (GuardedLoader loader = GuardedLoader.of(options, TasksTest.class.getClassLoader())) {
        double alone = Guarded.run(loader, options, 3, One.class).value();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Future<Guarded<Double>>> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          long seed = 3L + i % 2;
          all.add(pool.submit(() -> Guarded.run(loader, options, seed, One.class)));
        }
        for (int i = 0; i < 64; i++) {
          Guarded<Double> one = all.get(i).get();
          assertThat(one.value() == alone).isEqualTo(i % 2 == 0);
          assertThat(one.of(Kind.UNSEEDED_RANDOM)).hasSize(1);
          assertThat(one.of(Kind.UNSEEDED_RANDOM).get(0).count()).isEqualTo(1000);
        }
        pool.shutdownNow();
      }
    }

    @Test
    void oneInsideAnotherTakesNothingFromIt() throws Exception {
      try (GuardedLoader loader = GuardedLoader.of(options, TasksTest.class.getClassLoader())) {
        double inner = Guarded.run(loader, options, 1, One.class).value();

        Watch outer = Watch.begin(options, Seed.of(2));
        double before = loader.call(One.class);
        Guarded<Double> within = Guarded.run(loader, options, 1, One.class);
        double after = loader.call(One.class);
        Observation seen = outer.end();

        assertThat(within.value()).isEqualTo(inner);
        assertThat(within.of(Kind.UNSEEDED_RANDOM).get(0).count()).isEqualTo(1000);
        assertThat(seen.findings().stream()
                .filter(finding -> finding.kind() == Kind.UNSEEDED_RANDOM)
                .mapToLong(Finding::count)
                .sum())
            .isEqualTo(2000);
        assertThat(seen.limits())
            .anyMatch(limit -> limit.startsWith("Another trial ran at the same time"));
        Watch alone = Watch.begin(options, Seed.of(2));
        assertThat(List.of(loader.call(One.class), loader.call(One.class)))
            .containsExactly(before, after);
        alone.end();
      }
    }

    @Test
    void oneInsideAnotherLeavesItsStaticGeneratorsAsTheyWere() throws Exception {
      try (GuardedLoader loader = GuardedLoader.of(options, TasksTest.class.getClassLoader())) {
        Watch alone = Watch.begin(options, Seed.of(2));
        List<Integer> expected =
            List.of(loader.call(StaticDraw.class), loader.call(StaticDraw.class));
        alone.end();

        Watch outer = Watch.begin(options, Seed.of(2));
        int first = loader.call(StaticDraw.class);
        Watch inner = Watch.begin(options, Seed.of(1));
        inner.end();
        int second = loader.call(StaticDraw.class);
        Observation seen = outer.end();

        assertThat(List.of(first, second)).isEqualTo(expected).doesNotHaveDuplicates();
        assertThat(seen.findings())
            .filteredOn(finding -> finding.kind() == Kind.STATIC_GENERATOR)
            .extracting(Finding::count)
            .containsExactly(2L);
      }
    }

    @Test
    void aThreadThatOutlivesItsTrialIsNotTheNextOnes() throws Exception {
      try (GuardedLoader loader = GuardedLoader.of(options, TasksTest.class.getClassLoader())) {
        Guarded.run(loader, options, 1, Outliving.class);
        Watch next = Watch.begin(options, Seed.of(1));
        loader.call(LetGo.class);
        Observation seen = next.end();

        assertThat(seen.findings())
            .filteredOn(finding -> finding.kind() == Kind.CARRIED_OVER)
            .singleElement()
            .satisfies(finding -> {
              assertThat(finding.api()).isEqualTo("Math.random() on a thread of an earlier trial");
              assertThat(finding.treatment()).isEqualTo(Treatment.ORPHAN);
              assertThat(finding.count()).isEqualTo(5);
            });
      }
    }

    @Test
    void endingTwiceTellsNothingTwice() {
      Watch watch = Watch.begin(options, Seed.of(1));
      watch.end();
      assertThat(watch.end()).isEqualTo(Observation.EMPTY);
      assertThat(Trials.active).isNull();
      assertThat(Trials.lineage()).isNull();
    }
  }

  static final class StaticDraw implements Callable<Integer> {
    private static final Random SHARED = new Random();

    @Override
    public Integer call() {
      return SHARED.nextInt();
    }
  }

  static final class One implements Callable<Double> {
    @Override
    public Double call() {
      double sum = 0;
      for (int i = 0; i < 1000; i++) {
        sum += Math.random();
      }
      return sum;
    }
  }

  static final class Outliving implements Callable<Integer> {
    static final CountDownLatch GO = new CountDownLatch(1);
    static final CountDownLatch DONE = new CountDownLatch(1);

    @Override
    public Integer call() {
      new Thread(() -> {
            try {
              GO.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            for (int i = 0; i < 5; i++) {
              Math.random();
            }
            DONE.countDown();
          })
          .start();
      return 1;
    }
  }

  static final class LetGo implements Callable<Boolean> {
    @Override
    public Boolean call() throws InterruptedException {
      Outliving.GO.countDown();
      return Outliving.DONE.await(10, TimeUnit.SECONDS);
    }
  }

  private static List<Double> values(List<Future<Double>> futures) throws Exception {
    List<Double> all = new ArrayList<>();
    for (Future<Double> future : futures) {
      all.add(future.get());
    }
    return all;
  }

  static final class Submitted implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(4);
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(pool.submit(() -> {
          Thread.sleep(0, ThreadLocalRandom.current().nextInt(1000));
          return Math.random() + new Random().nextDouble();
        }));
      }
      List<Double> all = values(futures);
      pool.shutdown();
      return all;
    }
  }

  static final class SubmittedWithResult implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(4);
      double[] drawn = new double[8];
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int at = i;
        futures.add(pool.submit(() -> draw(drawn, at), 1.0));
        pool.execute(() -> Math.random());
      }
      values(futures);
      pool.shutdown();
      return Arrays.stream(drawn).boxed().toList();
    }

    private static void draw(double[] drawn, int at) {
      drawn[at] = Math.random();
    }
  }

  static final class InvokedAll implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(4);
      List<Callable<Double>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(Math::random);
      }
      List<Double> all = values(pool.invokeAll(tasks));
      pool.shutdown();
      return all;
    }
  }

  static final class Completable implements Callable<List<Double>> {
    @Override
    public List<Double> call() {
      List<CompletableFuture<Double>> all = IntStream.range(0, 8)
          .mapToObj(i -> CompletableFuture.supplyAsync(Math::random))
          .toList();
      return all.stream().map(CompletableFuture::join).toList();
    }
  }

  static final class Chained implements Callable<List<Double>> {
    @Override
    public List<Double> call() {
      List<CompletableFuture<Double>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(CompletableFuture.supplyAsync(() -> 1.0)
            .thenApply(one -> one + Math.random())
            .thenCombineAsync(
                CompletableFuture.completedFuture(1.0), (a, b) -> a + b * Math.random())
            .whenCompleteAsync((value, problem) -> Math.random()));
      }
      return all.stream().map(CompletableFuture::join).toList();
    }
  }

  static final class Scheduled implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ScheduledExecutorService pool = Executors.newScheduledThreadPool(3);
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Double> task = Math::random;
        futures.add(pool.schedule(task, i % 3, TimeUnit.MILLISECONDS));
      }
      List<Double> all = values(futures);
      pool.shutdown();
      return all;
    }
  }

  static final class Threads implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      double[] drawn = new double[8];
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int at = i;
        threads.add(new Thread(() -> drawn[at] = Math.random()));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      return Arrays.stream(drawn).boxed().toList();
    }
  }

  static final class ThreadSubclasses implements Callable<List<Double>> {
    static final class Own extends Thread {
      double drawn;

      @Override
      public void run() {
        drawn = Math.random();
      }
    }

    @Override
    public List<Double> call() throws Exception {
      List<Own> threads = IntStream.range(0, 8).mapToObj(i -> new Own()).toList();
      threads.forEach(Thread::start);
      List<Double> all = new ArrayList<>();
      for (Own thread : threads) {
        thread.join();
        all.add(thread.drawn);
      }
      return all;
    }
  }

  /** A full pool makes the caller run tasks, at times that depend on threads. */
  static final class RunByTheCaller implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ThreadPoolExecutor pool = new ThreadPoolExecutor(
          2,
          2,
          1,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(1),
          new ThreadPoolExecutor.CallerRunsPolicy());
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        futures.add(pool.submit(() -> Math.random()));
      }
      List<Double> all = values(futures);
      all.add(Math.random());
      pool.shutdown();
      return all;
    }
  }

  /** On virtual threads where the JDK has them. */
  static final class VirtualThreads implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = pool();
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        futures.add(pool.submit(() -> Math.random() + new Random().nextDouble()));
      }
      List<Double> all = values(futures);
      pool.shutdown();
      return all;
    }

    private static ExecutorService pool() throws ReflectiveOperationException {
      try {
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (NoSuchMethodException e) {
        return Executors.newCachedThreadPool();
      }
    }
  }

  static final class NestedTasks implements Callable<List<Double>> {
    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = Executors.newCachedThreadPool();
      List<Future<Double>> futures = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        futures.add(pool.submit(() -> pool.submit(() -> Math.random()).get() + Math.random()));
      }
      List<Double> all = values(futures);
      pool.shutdown();
      return all;
    }
  }

  static final class KeptByThreads implements Callable<List<Double>> {
    private static final ThreadLocal<Random> KEPT = ThreadLocal.withInitial(Random::new);

    @Override
    public List<Double> call() throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      List<Double> all = new ArrayList<>();
      for (Future<Double> one :
          pool.invokeAll(List.<Callable<Double>>of(this::draw, this::draw, this::draw))) {
        all.add(one.get());
      }
      pool.shutdown();
      return all;
    }

    private double draw() {
      return KEPT.get().nextDouble();
    }
  }

  static final class ParallelDraws implements Callable<List<Double>> {
    @Override
    public List<Double> call() {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      IntStream numbers = IntStream.range(0, 64).parallel();
      boolean parallel = numbers.isParallel();
      return numbers
          .mapToObj(i -> {
            threads.add(Thread.currentThread());
            while (parallel && threads.size() < 2 && System.nanoTime() < deadline) {
              Thread.onSpinWait();
            }
            return Math.random();
          })
          .toList();
    }
  }
}
