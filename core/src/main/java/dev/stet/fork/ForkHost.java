package dev.stet.fork;

/**
 * The way from a task in its JVM back to whoever asked.
 *
 * @since 0.1
 */
public interface ForkHost {
  /**
   * Says that the preparations are over and the work proper begins, and waits until the other side has taken note. The time
   * limit counts from then on. To be called at most once a request.
   *
   * @param message what the other side needs to know beforehand
   * @return what it answered
   */
  byte[] begin(byte[] message);

  /**
   * Says whether the task is asked to end where it can best be taken up again.
   *
   * @return true once it is
   */
  boolean isLeaving();

  /** Asks for a fresh JVM after this request, because something happened in this one that may harm the next. */
  void retire();
}
