package dev.stet;

/**
 * Ends a body on its own thread once its checkpoint is on the disk, because its study was asked to stop. An {@code Error},
 * so that a body's {@code catch (Exception e)} lets it pass; a body that swallows it goes on to its end.
 */
final class LeftAtCheckpoint extends Error {
  private static final long serialVersionUID = 1L;

  LeftAtCheckpoint(long step) {
    super("left at the checkpoint of step " + step + ", as asked", null, false, false);
  }
}
