package dev.stet;

import com.google.common.util.concurrent.Uninterruptibles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while studies with a ledger run: the first asks them to stop, the second ends the process at once. When the last of
 * them has stopped, whoever handled the signal before gets it; usually that is Java, and the process ends.
 *
 * <p>Signals are reached by reflection, since {@code sun.misc.Signal} is in a module that not every Java has.
 */
final class StopSignal implements AutoCloseable {
  private static final Duration TIME = Duration.ofSeconds(1);

  // Guarded by the class: a process has one handler of a signal.
  private static final List<StopSignal> OPEN = new ArrayList<>();
  private static @Nullable Object previous;
  private static boolean raised;

  private final Runnable stop;

  private StopSignal(Runnable stop) {
    this.stop = stop;
  }

  /** From now on Ctrl-C calls this, on a thread of its own, at most once. */
  static StopSignal calling(Runnable stop) {
    StopSignal signal = new StopSignal(stop);
    synchronized (StopSignal.class) {
      if (OPEN.isEmpty()) {
        raised = false;
        previous = Signals.handle(handler());
      }
      OPEN.add(signal);
    }
    return signal;
  }

  /** Gives the signal back; if this was the last study that it stopped, raises it once more and gives it time. */
  @Override
  public void close() {
    synchronized (StopSignal.class) {
      if (!OPEN.remove(this) || !OPEN.isEmpty()) {
        return;
      }
      restore();
      if (!raised) {
        return;
      }
    }
    Signals.raise();
    // It is handled on another thread. This one would throw meanwhile, and end a program as if it
    // had failed.
    Uninterruptibles.sleepUninterruptibly(TIME);
  }

  private static void restore() {
    Object before = previous;
    previous = null;
    if (before != null) {
      Signals.handle(before);
    }
  }

  private static void received() {
    List<StopSignal> asked;
    synchronized (StopSignal.class) {
      if (raised) {
        restore();
        Signals.raise();
        return;
      }
      raised = true;
      asked = List.copyOf(OPEN);
    }
    asked.forEach(signal -> signal.stop.run());
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
  private static Object handler() {
    InvocationHandler answers = (proxy, method, arguments) -> switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "stop signal of studies";
      default -> {
        received();
        yield null;
      }
    };
    Class<?> type = Signals.handlerType();
    return type == null
        ? answers
        : Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers);
  }

  /** The interrupt signal of this process; does nothing where it cannot be handled. */
  private static final class Signals {
    private static final @Nullable Class<?> HANDLER = type("sun.misc.SignalHandler");
    private static final @Nullable Class<?> SIGNAL = type("sun.misc.Signal");

    private static @Nullable Class<?> type(String name) {
      try {
        return Class.forName(name);
      } catch (ClassNotFoundException | LinkageError absent) {
        return null;
      }
    }

    static @Nullable Class<?> handlerType() {
      return HANDLER;
    }

    /** Returns the handler before, or null if signals are not to be had, as under {@code -Xrs}. */
    static @Nullable Object handle(Object handler) {
      return HANDLER == null ? null : call("handle", interrupt(), handler);
    }

    static void raise() {
      call("raise", interrupt());
    }

    private static @Nullable Object interrupt() {
      try {
        return SIGNAL == null ? null : SIGNAL.getConstructor(String.class).newInstance("INT");
      } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
        return null;
      }
    }

    private static @Nullable Object call(String name, @Nullable Object... arguments) {
      Class<?> signals = SIGNAL;
      if (signals == null || arguments[0] == null) {
        return null;
      }
      try {
        for (Method method : signals.getMethods()) {
          if (method.getName().equals(name)) {
            return method.invoke(null, arguments);
          }
        }
        return null;
      } catch (ReflectiveOperationException | IllegalArgumentException unavailable) {
        return null;
      }
    }
  }
}
