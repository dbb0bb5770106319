package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program must not see that it is watched. */
class TransparencyTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        StreamsOfTheirOwn.class,
        TasksThatComeBack.class,
        TasksThatAreLookedAt.class,
        TasksInOrder.class,
        OwnFutures.class,
        GeneratorsInGenerics.class
      })
  void doesWhatItDoesUnwatched(Class<? extends Callable<List<String>>> work) throws Exception {
    List<String> unwatched = work.getDeclaredConstructor().newInstance().call();

    assertThat(Guarded.run(GuardOptions.observe(), 1, work).value()).isEqualTo(unwatched);
    assertThat(Guarded.run(GuardOptions.fail(), 1, work).value()).isEqualTo(unwatched);
    assertThat(Guarded.outside(work)).isEqualTo(unwatched);
  }

  @ParameterizedTest
  @ValueSource(classes = {StreamsOfTheirOwn.class, TasksInOrder.class, GeneratorsInGenerics.class})
  void doesSoWhereSomethingIsReplaced(Class<? extends Callable<List<String>>> work)
      throws Exception {
    GuardOptions all = GuardOptions.replace().withSequentialStreams();

    assertThat(Guarded.run(all, 1, work).value())
        .isEqualTo(work.getDeclaredConstructor().newInstance().call());
  }

  @Test
  void aMethodThatOnlyHasTheNameOfASourceIsNoFinding() {
    assertThat(
            Guarded.run(GuardOptions.observe(), 1, StreamsOfTheirOwn.class).of(Kind.PARALLEL_ORDER))
        .extracting(Finding::api, Finding::count)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Collection.parallelStream()", 1L));
  }

  @Test
  void aGeneratorThatGoesOnIsToldBesideItsDraws() {
    Guarded<List<String>> run = Guarded.run(GuardOptions.replace(), 1, GeneratorsInGenerics.class);

    assertThat(run.of(Kind.UNSEEDED_RANDOM))
        .filteredOn(finding -> finding.api().equals("ThreadLocalRandom.current()"))
        .isNotEmpty()
        // Only the agent reaches the state of a thread.
        .allMatch(finding -> finding.treatment() == Treatment.NOT_FIXABLE);
  }

  /** Methods of a name that is in the table, with the JDK's among them. */
  static final class StreamsOfTheirOwn implements Callable<List<String>> {
    static final class Rows {
      Stream<String> parallelStream() {
        return Stream.of("own");
      }
    }

    static final class Numbers extends ArrayList<String> {
      private static final long serialVersionUID = 1L;
    }

    static Stream<String> parallelStream() {
      return Stream.of("of the class");
    }

    @Override
    public List<String> call() {
      Numbers numbers = new Numbers();
      numbers.add("inherited");
      return Stream.of(new Rows().parallelStream(), parallelStream(), numbers.parallelStream())
          .map(stream -> stream.collect(Collectors.joining()))
          .toList();
    }
  }

  /** A task with a class, a state and an identity. */
  static final class Numbered implements Runnable {
    final int number;

    Numbered(int number) {
      this.number = number;
    }

    @Override
    public void run() {
      // Only where it is matters.
    }
  }

  static final class TasksThatComeBack implements Callable<List<String>> {
    @Override
    public List<String> call() throws Exception {
      List<String> all = new ArrayList<>();
      CountDownLatch hold = new CountDownLatch(1);
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      pool.execute(() -> await(hold));
      Runnable removed = () -> {};
      pool.execute(removed);
      all.add("removed " + pool.remove(removed));
      pool.execute(new Numbered(3));
      all.add("left " + ((Numbered) pool.shutdownNow().get(0)).number);
      hold.countDown();
      ThreadPoolExecutor full = new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          (task, from) -> all.add("rejected " + ((Numbered) task).number));
      CountDownLatch other = new CountDownLatch(1);
      full.execute(() -> await(other));
      full.execute(new Numbered(4));
      other.countDown();
      full.shutdown();
      return all;
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static final class TasksThatAreLookedAt implements Callable<List<String>> {
    @Override
    public List<String> call() throws Exception {
      List<String> all = new ArrayList<>();
      Executor own = task -> all.add("is one " + (task instanceof Numbered));
      own.execute(new Numbered(1));
      ExecutorService service = new Looking(all);
      service.submit(new Numbered(2)).get();
      service.invokeAll(List.of(new Called())).get(0).get();
      return all;
    }
  }

  static final class Called implements Callable<String> {
    @Override
    public String call() {
      return "called";
    }
  }

  /** Runs at once, and looks at what it is given. */
  static final class Looking extends AbstractExecutorService {
    private final List<String> seen;

    Looking(List<String> seen) {
      this.seen = seen;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
      seen.add("new task for " + task.getClass().getSimpleName());
      return super.newTaskFor(task, value);
    }

    @Override
    public <T> List<java.util.concurrent.Future<T>> invokeAll(
        Collection<? extends Callable<T>> tasks) throws InterruptedException {
      tasks.forEach(task -> seen.add("invoked " + task.getClass().getSimpleName()));
      return super.invokeAll(tasks);
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
      return false;
    }
  }

  static final class TasksInOrder implements Callable<List<String>> {
    @Override
    public List<String> call() throws Exception {
      List<String> all = new ArrayList<>();
      CountDownLatch hold = new CountDownLatch(1);
      ThreadPoolExecutor pool = new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.SECONDS,
          new PriorityBlockingQueue<>(
              11, Comparator.comparingInt(task -> ((Ordered) task).number)));
      pool.execute(new Ordered(0, () -> TasksThatComeBack.await(hold)));
      for (int number : new int[] {3, 1, 2}) {
        pool.execute(new Ordered(number, () -> all.add("ran " + number)));
      }
      hold.countDown();
      pool.shutdown();
      pool.awaitTermination(10, TimeUnit.SECONDS);
      return all;
    }

    private record Ordered(int number, Runnable work) implements Runnable {
      @Override
      public void run() {
        work.run();
      }
    }
  }

  static final class OwnFutures implements Callable<List<String>> {
    @Override
    public List<String> call() throws Exception {
      List<String> all = new ArrayList<>();
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
            @Override
            protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
              all.add("hook " + (task instanceof Called));
              return new FutureTask<>(task);
            }
          };
      all.add(pool.submit(new Called()).get());
      pool.shutdown();
      ExecutorService plain = Executors.newSingleThreadExecutor();
      all.add(plain.submit(new Called()).get());
      plain.shutdown();
      return all;
    }
  }

  static final class GeneratorsInGenerics implements Callable<List<String>> {
    @Override
    public List<String> call() {
      ThreadLocalRandom checked = Objects.requireNonNull(ThreadLocalRandom.current());
      List<ThreadLocalRandom> kept = new ArrayList<>();
      kept.add(ThreadLocalRandom.current());
      boolean below = kept.get(0).nextInt(5) < 5 && checked.nextInt(5) < 5;
      int mapped =
          Optional.of(ThreadLocalRandom.current()).map(one -> one.nextInt(1)).get();
      return List.of(below + " " + mapped);
    }
  }
}
