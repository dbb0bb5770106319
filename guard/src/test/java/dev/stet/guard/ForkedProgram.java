package dev.stet.guard;

import dev.stet.Experiment;
import dev.stet.Study;
import dev.stet.ledger.Ledger;
import dev.stet.seeds.Seed;
import java.nio.file.Path;

/** Started by tests where it is guarded: a study in forked JVMs with a ledger. Attaches if options are given. */
final class ForkedProgram {
  private ForkedProgram() {}

  record Config(int n) {}

  private static final Experiment<Config> AMBIENT = Experiment.of(
      "ambient", Config.class, (config, trial) -> trial.record("draw", Math.random()));

  public static void main(String... arguments) {
    if (arguments.length > 1) {
      Guard.attach(GuardOptions.parse(arguments[1]));
    }
    try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
      Study study = AMBIENT
          .study(new Config(1))
          .seeds(Seed.of(1), 2)
          .ledger(ledger)
          .forks(1)
          .run();
      System.out.println("study=" + study.executed() + " executed, " + study.reused() + " reused");
    }
  }
}
