package dev.stet.replication;

import java.util.List;

/**
 * One look at a study whose runs were still coming in.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param runs how many runs were in, failed ones too
 * @param of after how many at most the study was to end
 * @param witnesses what each witness said, its intervals widened to the levels of this look
 * @since 0.1
 */
public record Look(int runs, int of, List<Witness> witnesses) {
  /**
   * Keeps its own list of witnesses.
   *
   * @param runs how many runs were in, failed ones too
   * @param of after how many at most the study was to end
   * @param witnesses what each witness said
   */
  public Look {
    witnesses = List.copyOf(witnesses);
  }
}
