package dev.stet.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The hidden state of {@code ThreadLocalRandom} in a thread. It can be reached where java.base is open to the guard. */
final class ThreadSeed {
  private static volatile @Nullable VarHandle field;

  private final Thread thread;
  private final long before;

  private ThreadSeed(Thread thread, long before) {
    this.thread = thread;
    this.before = before;
  }

  /** Looks for the state again; called when java.base was opened. */
  static void reach() {
    if (!Thread.class.getModule().isOpen("java.lang", ThreadSeed.class.getModule())) {
      return;
    }
    try {
      field = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
          .findVarHandle(Thread.class, "threadLocalRandomSeed", long.class);
    } catch (ReflectiveOperationException e) {
      field = null; // a JDK that we have not met; the limits say that it was not reached
    }
  }

  static boolean isReachable() {
    return field != null;
  }

  static @Nullable ThreadSeed set(long seed) {
    VarHandle state = field;
    if (state == null) {
      return null;
    }
    ThreadLocalRandom
        .current(); // makes the thread's own state first, which would overwrite ours later
    Thread thread = Thread.currentThread();
    ThreadSeed before = new ThreadSeed(thread, (long) state.get(thread));
    state.set(thread, seed);
    return before;
  }

  void restore() {
    VarHandle state = field;
    if (state != null && thread == Thread.currentThread()) {
      state.set(thread, before);
    }
  }
}
