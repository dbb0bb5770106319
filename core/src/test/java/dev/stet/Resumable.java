package dev.stet;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.RandomStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * An experiment that uses all that a checkpoint must bring back: several streams of both kinds, streams opened on the
 * way, records with and without steps by its own and another thread, digests and notes.
 */
final class Resumable {
  record Config(int epochs, int draws) {}

  /** The state, which holds nothing that the trial itself brings back. */
  @SuppressWarnings("ArrayRecordComponent") // users write such records
  record State(int epoch, double[] weights) implements Serializable {}

  /** Called when an epoch has been saved; a test throws or halts here. */
  static volatile LongConsumer saved = epoch -> {};

  /** Called when a trial has asked for what was saved, with the epoch that it begins with. */
  static volatile LongConsumer begun = epoch -> {};

  static final Experiment<Config> EXPERIMENT =
      Experiment.of("resumable", Config.class, Resumable::train);

  private Resumable() {}

  private static void train(Config config, Trial trial) throws Exception {
    State state = trial.restore(State.class).orElse(new State(0, new double[5]));
    begun.accept(state.epoch());
    double[] weights = state.weights();
    RandomStream noise = trial.random("noise");
    RandomStream spare = trial.random("spare", 3, 4);
    AddressableStream jumps = trial.addressable("jumps");
    for (int epoch = state.epoch(); epoch < config.epochs(); epoch++) {
      RandomStream shuffle = trial.random("shuffle", epoch);
      for (int i = 0; i < config.draws(); i++) {
        int at = shuffle.nextInt(weights.length);
        weights[at] += noise.nextGaussian() * jumps.nextDouble();
        if (weights[at] > 1) {
          weights[at] -= spare.nextExponential();
        }
        trial.record("loss", weights[at]);
        trial.record("norm", 10L * epoch + i, weights[0] * weights[1]);
      }
      jumps.seek(1000L * epoch);
      trial.digest("weights", weights);
      elsewhere(trial, epoch, weights[2]);
      trial.note("epoch", epoch);
      trial.checkpoint(epoch, new State(epoch + 1, weights));
      saved.accept(epoch);
    }
  }

  private static void elsewhere(Trial trial, long epoch, double value) throws InterruptedException {
    Thread other = new Thread(() -> {
      trial.record("validation", epoch, value);
      trial.digest("predictions of " + epoch, "some");
    });
    other.start();
    other.join();
  }

  static List<RunRecord> runs(Ledger ledger) {
    try (Stream<RunRecord> runs = ledger.runs()) {
      return runs.sorted(Comparator.comparing(RunRecord::id)).toList();
    }
  }
}
