package dev.stet;

import dev.stet.ledger.Checkpoint;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a trial has of checkpoints: where it writes its own, and the one it goes on from.
 *
 * @param directory where; none for a trial that is not on record
 * @param recipe the digest of the recipe, which stands in every checkpoint
 * @param from the one to go on from; none for a trial that begins
 */
record Keeping(Optional<Path> directory, String recipe, Optional<Checkpoint> from) {
  static final Keeping NOTHING = new Keeping(Optional.empty(), "", Optional.empty());

  static Keeping of(Beginning.Checkpoints checkpoints, String recipe) {
    Optional<Path> place = checkpoints.place();
    return new Keeping(
        place, recipe, checkpoints.resume() ? place.flatMap(Checkpoint::latest) : Optional.empty());
  }
}
