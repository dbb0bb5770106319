package dev.stet.guard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The trials that run in this JVM now, and which piece of which trial the current thread runs. */
final class Trials {
  /**
   * The trial that began last; null while none runs. Every rewritten call reads it, and most find null.
   *
   * <p>Not volatile, which costs a loop of draws 2 ns a call. The thread that begins a trial sees its own write, and a task
   * that is handed over sees what was before it was; only a thread that was in a compiled loop already may see the trial
   * later, and the end of a trial too, which {@link Watch} asks about again. What other threads read of a watch is final.
   */
  static @Nullable Watch active;

  private static final List<Watch> OPEN = new ArrayList<>();
  private static final Pieces PIECES = new Pieces();

  private Trials() {}

  /** A thread inherits a piece of its own from the thread that makes it, unless a pool makes it when it likes. */
  private static final class Pieces extends InheritableThreadLocal<@Nullable Lineage> {
    @Override
    protected @Nullable Lineage childValue(@Nullable Lineage parent) {
      return parent == null || parent.watch.isOver() || isPool() ? null : parent.thread();
    }

    private static boolean isPool() {
      return StackWalker.getInstance()
          .walk(frames -> frames.limit(40).anyMatch(frame -> isPool(frame.getClassName())));
    }

    private static boolean isPool(String type) {
      return type.equals("java.util.concurrent.ThreadPoolExecutor")
          || type.equals("java.util.concurrent.ForkJoinPool")
          || type.startsWith("java.util.concurrent.CompletableFuture");
    }
  }

  static @Nullable Lineage lineage() {
    return PIECES.get();
  }

  /** The piece of a trial that is not over yet; null on any other thread. */
  static @Nullable Lineage here() {
    Lineage piece = PIECES.get();
    return piece == null || piece.watch.isOver() ? null : piece;
  }

  static void set(@Nullable Lineage piece) {
    if (piece == null) {
      PIECES.remove();
    } else {
      PIECES.set(piece);
    }
  }

  static synchronized void opened(Watch watch) {
    OPEN.add(watch);
    if (OPEN.size() > 1) {
      OPEN.forEach(Watch::share);
    }
    active = watch;
  }

  static synchronized void closed(Watch watch) {
    OPEN.remove(watch);
    active = OPEN.isEmpty() ? null : OPEN.get(OPEN.size() - 1);
  }

  static synchronized List<Watch> open() {
    return List.copyOf(OPEN);
  }
}
