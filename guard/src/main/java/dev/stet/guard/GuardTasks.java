package dev.stet.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code hands its tasks through, so that a task knows which trial started it, whichever thread runs it. Not
 * for calling; not stable.
 *
 * <p>Outside a trial each method returns the task itself. So it does for a task that something may compare or remove by
 * identity or order: a future, and what is comparable. Where nothing is replaced, it does so wherever anybody but the JDK
 * could meet the task again: a program must not see that it is watched.
 */
@SuppressWarnings("MissingJavadocMethod")
public final class GuardTasks {
  private GuardTasks() {}

  /** The next piece of the trial that the current thread works for; null if the task stays as it is. */
  private static @Nullable Lineage next(@Nullable Object task) {
    if (Trials.active == null
        || task == null
        || task instanceof Comparable
        || task instanceof Future
        || task instanceof Wrapped) {
      return null;
    }
    Lineage here = Trials.here();
    return here == null ? null : here.spawn();
  }

  /** A task that was wrapped once. */
  private interface Wrapped {}

  /** Whether this executor of the JDK runs what {@code execute} is given, and shows it to nobody. */
  private static boolean hidesRunnables(Object executor) {
    String type = executor.getClass().getName();
    return type.equals("java.util.concurrent.ForkJoinPool")
        || type.equals("java.util.concurrent.ScheduledThreadPoolExecutor")
        || type.equals("java.util.concurrent.ThreadPerTaskExecutor");
  }

  /** Whether {@code submit} and its like end inside a future of the JDK, or the task has no class to be known by. */
  private static boolean hidesTasks(Object executor, @Nullable Object task) {
    return Transformer.isOfJdk(executor.getClass().getClassLoader())
        || (task != null && task.getClass().isHidden());
  }

  private static boolean isReplacing() {
    Lineage here = Trials.active == null ? null : Trials.here();
    return here != null && here.watch.replacing;
  }

  /** A queue that orders the tasks themselves asks them for what a wrapped one has not. */
  private static boolean ordersRunnables(Object executor) {
    return executor instanceof ThreadPoolExecutor pool
        && pool.getQueue() instanceof PriorityBlockingQueue;
  }

  /** What {@code execute} is given stands in queues as it is, and comes back from them. */
  public static Runnable executed(Object executor, Runnable task) {
    if (Trials.active == null) {
      return task;
    }
    boolean wrap = isReplacing() ? !ordersRunnables(executor) : hidesRunnables(executor);
    return wrap ? runnable(task) : task;
  }

  public static Runnable submitted(Object executor, Runnable task) {
    return isReplacing() || hidesTasks(executor, task) ? runnable(task) : task;
  }

  public static <T> Callable<T> submitted(Object executor, Callable<T> task) {
    return isReplacing() || hidesTasks(executor, task) ? callable(task) : task;
  }

  public static <T> Collection<? extends Callable<T>> submitted(
      Object executor, Collection<? extends Callable<T>> tasks) {
    boolean wrap = Trials.active != null
        && Trials.here() != null
        && (isReplacing() || hidesTasks(executor, null));
    if (!wrap) {
      return tasks;
    }
    List<Callable<T>> wrapped = new ArrayList<>(tasks.size());
    tasks.forEach(one -> wrapped.add(callable(one)));
    return wrapped;
  }

  public static Runnable runnable(Runnable task) {
    Lineage piece = next(task);
    return piece == null ? task : new RunnableTask(piece, task);
  }

  private record RunnableTask(Lineage piece, Runnable task) implements Runnable, Wrapped {
    @Override
    public void run() {
      Lineage before = piece.enter();
      try {
        task.run();
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <T> Callable<T> callable(Callable<T> task) {
    Lineage piece = next(task);
    return piece == null ? task : new CallableTask<>(piece, task);
  }

  private record CallableTask<T>(Lineage piece, Callable<T> task) implements Callable<T>, Wrapped {
    @Override
    public T call() throws Exception {
      Lineage before = piece.enter();
      try {
        return task.call();
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <T> Supplier<T> supplier(Supplier<T> task) {
    Lineage piece = next(task);
    return piece == null ? task : new SupplierTask<>(piece, task);
  }

  private record SupplierTask<T>(Lineage piece, Supplier<T> task) implements Supplier<T>, Wrapped {
    @Override
    public T get() {
      Lineage before = piece.enter();
      try {
        return task.get();
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <A, T> Function<A, T> function(Function<A, T> task) {
    Lineage piece = next(task);
    return piece == null ? task : new FunctionTask<>(piece, task);
  }

  private record FunctionTask<A, T>(Lineage piece, Function<A, T> task)
      implements Function<A, T>, Wrapped {
    @Override
    public T apply(A a) {
      Lineage before = piece.enter();
      try {
        return task.apply(a);
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <A, B, T> BiFunction<A, B, T> biFunction(BiFunction<A, B, T> task) {
    Lineage piece = next(task);
    return piece == null ? task : new BiFunctionTask<>(piece, task);
  }

  private record BiFunctionTask<A, B, T>(Lineage piece, BiFunction<A, B, T> task)
      implements BiFunction<A, B, T>, Wrapped {
    @Override
    public T apply(A a, B b) {
      Lineage before = piece.enter();
      try {
        return task.apply(a, b);
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <A> Consumer<A> consumer(Consumer<A> task) {
    Lineage piece = next(task);
    return piece == null ? task : new ConsumerTask<>(piece, task);
  }

  private record ConsumerTask<A>(Lineage piece, Consumer<A> task) implements Consumer<A>, Wrapped {
    @Override
    public void accept(A a) {
      Lineage before = piece.enter();
      try {
        task.accept(a);
      } finally {
        piece.leave(before);
      }
    }
  }

  public static <A, B> BiConsumer<A, B> biConsumer(BiConsumer<A, B> task) {
    Lineage piece = next(task);
    return piece == null ? task : new BiConsumerTask<>(piece, task);
  }

  private record BiConsumerTask<A, B>(Lineage piece, BiConsumer<A, B> task)
      implements BiConsumer<A, B>, Wrapped {
    @Override
    public void accept(A a, B b) {
      Lineage before = piece.enter();
      try {
        task.accept(a, b);
      } finally {
        piece.leave(before);
      }
    }
  }
}
