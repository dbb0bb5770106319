package dev.stet.trace;

/**
 * Ends a body on its own thread once the records asked for are there.
 *
 * <p>An {@code Error}, so that a body's {@code catch (Exception e)} lets it pass; without a stack trace, since it tells
 * nothing that went wrong. It is thrown by {@link Recorder} alone.
 *
 * @since 0.1
 */
public final class PrefixReached extends Error {
  private static final long serialVersionUID = 1L;

  PrefixReached(int records) {
    super("stopped after record " + records + ", as asked", null, false, false);
  }
}
