package dev.stet;

import dev.stet.fingerprint.Fingerprint;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/** Takes note that a run begins; its body does not run before that. */
@FunctionalInterface
interface Beginning {
  /** Called once, on the thread that asked for the run, wherever the body runs. */
  Checkpoints noted(Fingerprint fingerprint);

  /** Whether the trial is asked to end at its next checkpoint; asked on its own thread. */
  default boolean isLeaving() {
    return false;
  }

  /** Nobody takes note, and there is no place for checkpoints. */
  static Beginning unnoted() {
    return fingerprint -> Checkpoints.NONE;
  }

  /**
   * Where a run keeps its checkpoints, and whether it goes on from the last one that is there.
   *
   * @param folder an absolute path; empty for nowhere
   * @param resume whether to go on from what is there
   * @serial exclude
   */
  @SuppressWarnings("InvalidBlockTag") // only the tool that writes the pages knows it
  record Checkpoints(String folder, boolean resume) implements Serializable {
    static final Checkpoints NONE = new Checkpoints("", false);

    static Checkpoints in(Path folder, boolean resume) {
      return new Checkpoints(folder.toAbsolutePath().toString(), resume);
    }

    Optional<Path> place() {
      return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
    }
  }
}
