package dev.stet;

import dev.stet.ledger.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a trial has of checkpoints: where it writes its own, and the one it goes on from.
 *
 * @param directory where; none for a trial that is not on record
 * @param recipe the digest of the recipe, which stands in every checkpoint
 * @param from the one to go on from; none for a trial that begins
 * @param leaving whether the trial is asked to end at its next checkpoint
 */
record Keeping(
    Optional<Path> directory, String recipe, Optional<Checkpoint> from, BooleanSupplier leaving) {
  static final Keeping NOTHING = new Keeping(Optional.empty(), "", Optional.empty(), () -> false);

  static Keeping of(Beginning.Checkpoints checkpoints, String recipe, BooleanSupplier leaving) {
    Optional<Path> place = checkpoints.place();
    return new Keeping(
        place,
        recipe,
        checkpoints.resume() ? place.flatMap(Checkpoint::latest) : Optional.empty(),
        leaving);
  }
}
