package dev.stet;

import dev.stet.fingerprint.CapturedConfig;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.Checkpoint;
import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialObservations;
import dev.stet.spi.TrialWatch;
import dev.stet.trace.PrefixReached;
import dev.stet.trace.Recorder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Executes trials of one experiment with one config. Safe for many threads if the body is. */
final class Execution<C> {
  private final String experiment;
  private final Experiment.Body<C> body;
  private final Recipe recipe;
  private final CapturedConfig<C> config;

  Execution(String experiment, Experiment.Body<C> body, Recipe recipe, CapturedConfig<C> config) {
    this.experiment = experiment;
    this.body = body;
    this.recipe = recipe;
    this.config = config;
  }

  String experiment() {
    return experiment;
  }

  Experiment.Body<C> body() {
    return body;
  }

  Recipe recipe() {
    return recipe;
  }

  CapturedConfig<C> config() {
    return config;
  }

  Run run(Seed seed) {
    return run(seed, Recorder.of());
  }

  /** Runs one trial once its beginning has been noted. */
  Run run(Seed seed, Beginning beginning) {
    Fingerprint fingerprint = recipe.fingerprint(config.form(), seed);
    Beginning.Checkpoints checkpoints = beginning.noted(fingerprint);
    return run(
        seed,
        fingerprint,
        Recorder.of(),
        Keeping.of(checkpoints, fingerprint.recipe(), beginning::isLeaving));
  }

  /** Goes on from a checkpoint, without saving others. */
  Run resume(Seed seed, Optional<Checkpoint> from) {
    Fingerprint fingerprint = fingerprint(seed);
    Keeping keeping = new Keeping(Optional.empty(), fingerprint.recipe(), from, () -> false);
    return run(seed, fingerprint, Recorder.of(), keeping);
  }

  Fingerprint fingerprint(Seed seed) {
    return recipe.fingerprint(config.form(), seed);
  }

  Run runFirst(Seed seed, int records) {
    return run(seed, Recorder.stopAfter(records));
  }

  private Run run(Seed seed, Recorder recorder) {
    return run(seed, recipe.fingerprint(config.form(), seed), recorder, Keeping.NOTHING);
  }

  private Run run(Seed seed, Fingerprint fingerprint, Recorder recorder, Keeping keeping) {
    Trial trial = new Trial(seed, recipe.paths(), recorder, keeping);
    TrialWatch watch = Watcher.begin(experiment, seed);
    long start = System.nanoTime();
    Throwable failure = failureOf(trial);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    Observation seen = watch.end();
    TrialObservations.add(seen);
    if (failure == null && seen.fails()) {
      failure = new AmbientSourceException(experiment, seen);
    }
    return new Run(experiment, seed, fingerprint, recorder.end(), failure, duration, seen);
  }

  private @Nullable Throwable failureOf(Trial trial) {
    try {
      body.run(config.value(), trial);
      return null;
    } catch (PrefixReached reached) {
      return null;
    } catch (InterruptedException interrupted) {
      // Whoever interrupted this thread must still find it interrupted: we keep the exception, not
      // the wish.
      Thread.currentThread().interrupt();
      return interrupted;
    } catch (Throwable failure) {
      return failure;
    }
  }
}
