package dev.stet.guard;

import dev.stet.seeds.RandomStream;
import org.jspecify.annotations.Nullable;

/** What the body's own thread did at one site. */
final class Tally {
  long count;

  @Nullable
  RandomStream stream;
}
