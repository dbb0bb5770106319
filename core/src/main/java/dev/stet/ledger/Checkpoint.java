package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import dev.stet.trace.Recorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run as it stood at one step: the state of its body, its records, and where each of its streams stood.
 *
 * <p>A checkpoint is written beside the last one, forced to the disk and renamed, so that there is a whole one at every
 * moment; the last two are kept, and one that cannot be read is passed over for the one before. The file is specified in
 * {@code docs/ledger.md}. Immutable and safe for use by several threads; the directory of a run's checkpoints has one
 * writer, the run.
 *
 * @since 0.1
 */
public final class Checkpoint {
  /** Writes the state of a body; called once. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out where to; not to be closed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private final CheckpointFile.Opened file;
  private final List<String> passedOver;

  private Checkpoint(CheckpointFile.Opened file, List<String> passedOver) {
    this.file = file;
    this.passedOver = List.copyOf(passedOver);
  }

  /**
   * Writes a checkpoint and deletes those before the last two.
   *
   * @param directory where the run's checkpoints stand, made if it is not there
   * @param recipe the digest of the run's recipe
   * @param step where the run stands
   * @param form how the state is written, in words that the reader understands
   * @param state what writes the state
   * @param recorder the recorder of the run, whose own thread this is
   * @throws LedgerException if the disk refuses; the checkpoints before it stay
   * @throws IllegalArgumentException if the state takes more than 2 GB; the checkpoints before it stay
   */
  public static void write(
      Path directory, String recipe, long step, String form, Content state, Recorder recorder) {
    new CheckpointWriter(Disk.system(), CheckpointWriter.LARGEST_STATE)
        .write(directory, requireNonNull(recipe, "recipe"), step, form, state, recorder);
  }

  /**
   * Refuses a state that {@link #write} would refuse, for a run that has nowhere to write.
   *
   * @param step where the run stands
   * @param state what writes the state
   * @throws IllegalArgumentException if the state takes more than 2 GB
   */
  public static void check(long step, Content state) {
    new CheckpointWriter(Disk.system(), CheckpointWriter.LARGEST_STATE).check(step, state);
  }

  /**
   * Finds the newest checkpoint that is whole.
   *
   * @param directory where the run's checkpoints stand; need not be there
   * @return the checkpoint, or empty if there is none that can be read
   * @throws LedgerException if the newest is of a newer format
   */
  public static Optional<Checkpoint> latest(Path directory) {
    List<String> broken = new ArrayList<>();
    for (Path file : CheckpointFile.newestFirst(directory)) {
      try {
        return Optional.of(new Checkpoint(CheckpointFile.open(file), broken));
      } catch (IOException e) {
        broken.add(file + ": " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Copies this checkpoint into the directory of another run, which goes on from it.
   *
   * @param directory where that run's checkpoints will stand
   * @throws LedgerException if the disk refuses
   */
  public void copyTo(Path directory) {
    new CheckpointWriter(Disk.system(), CheckpointWriter.LARGEST_STATE).copy(file(), directory);
  }

  /**
   * Deletes the checkpoints of a run that needs them no more. What cannot be deleted stays.
   *
   * @param directory where they stand; need not be there
   */
  public static void deleteAll(Path directory) {
    CheckpointFile.deleteAll(directory);
  }

  /**
   * Returns where the run stood.
   *
   * @return the step given when it was written
   */
  public long step() {
    return file.step();
  }

  /**
   * Returns the digest of the recipe of the run that wrote this.
   *
   * @return 64 hexadecimal digits
   */
  public String recipe() {
    return file.recipe();
  }

  /**
   * Returns how the state is written.
   *
   * @return the words given when it was written
   */
  public String form() {
    return file.form();
  }

  /**
   * Returns the file.
   *
   * @return its path
   */
  public Path file() {
    return file.file();
  }

  /**
   * Returns the newer checkpoints that could not be read and why.
   *
   * @return a line for each; mostly empty
   */
  public List<String> passedOver() {
    return passedOver;
  }

  /**
   * Opens the state of the body.
   *
   * @return a stream of exactly the bytes that were written, buffered
   * @throws IOException if the file is gone
   */
  public InputStream state() throws IOException {
    return file.state();
  }

  /**
   * Lets a recorder go on from here.
   *
   * @param recorder a recorder that has taken nothing
   * @throws IOException if the file is gone
   */
  public void restore(Recorder recorder) throws IOException {
    try (InputStream in = file.recorder()) {
      recorder.restore(in);
    }
  }

  /** Returns the step and the file. */
  @Override
  public String toString() {
    return "checkpoint at step " + step() + " in " + file();
  }
}
