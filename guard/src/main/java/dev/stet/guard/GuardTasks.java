package dev.stet.guard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
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
 * identity or order: a future, and what is comparable.
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

  public static <T> Collection<? extends Callable<T>> callables(
      Collection<? extends Callable<T>> tasks) {
    if (Trials.active == null || Trials.here() == null) {
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
