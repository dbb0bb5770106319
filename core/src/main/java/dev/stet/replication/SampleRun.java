package dev.stet.replication;

import static java.util.Objects.requireNonNull;

import dev.stet.seeds.Seed;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict needs to know of one run.
 *
 * <p>A value that is not finite has no mean and counts as failed, whatever was said; it is kept as it is.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param seed the seed of the run; null for a bare number
 * @param value the result; NaN if the run has none
 * @param failed whether the run failed: it ended without a result, or with one that is not finite
 * @param digest lower-case hexadecimal digest of the run's trace; null if there is none
 * @since 0.1
 */
public record SampleRun(
    @Nullable Seed seed,
    double value,
    boolean failed,
    @Nullable String digest) {
  /**
   * Refuses digests that are not hexadecimal, and marks results that are not finite as failed.
   *
   * @param seed the seed of the run; null for a bare number
   * @param value the result; NaN if the run has none
   * @param failed whether the run failed
   * @param digest lower-case hexadecimal digest of the run's trace; null if there is none
   */
  public SampleRun {
    if (digest != null && !digest.matches("[0-9a-f]+")) {
      throw new IllegalArgumentException("digest must be lower-case hexadecimal; got \"" + digest
          + "\". Leave it out if there is none.");
    }
    failed |= !Double.isFinite(value);
  }

  /**
   * Returns a run that completed, or failed if the value is not finite.
   *
   * @param seed its seed
   * @param value its result
   * @return the run
   */
  public static SampleRun completed(Seed seed, double value) {
    return new SampleRun(requireNonNull(seed, "seed"), value, false, null);
  }

  /**
   * Returns a run that ended without a result.
   *
   * @param seed its seed
   * @return the run
   */
  public static SampleRun failed(Seed seed) {
    return new SampleRun(requireNonNull(seed, "seed"), Double.NaN, true, null);
  }

  /**
   * Returns a copy with the digest of its trace.
   *
   * @param newDigest lower-case hexadecimal
   * @return the copy
   */
  public SampleRun withDigest(String newDigest) {
    return new SampleRun(seed, value, failed, requireNonNull(newDigest, "digest"));
  }
}
