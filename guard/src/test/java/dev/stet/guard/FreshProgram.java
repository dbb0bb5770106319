package dev.stet.guard;

import dev.stet.Experiment;
import dev.stet.Reruns;
import dev.stet.Run;
import dev.stet.seeds.Seed;

/** Started by tests where it is guarded: reruns in a fresh JVM what is not the trial's own. Attaches if options are given. */
final class FreshProgram {
  private FreshProgram() {}

  record Config(int n) {}

  private static final Experiment<Config> AMBIENT = Experiment.of(
      "ambient", Config.class, (config, trial) -> trial.record("draw", Math.random()));

  public static void main(String... arguments) {
    if (arguments.length > 0) {
      Guard.attach(GuardOptions.parse(arguments[0]));
    }
    Run run = AMBIENT.run(new Config(1), Seed.of(42));
    System.out.println("rerun="
        + AMBIENT
            .rerun(run, Reruns.inFreshJvms(1))
            .explain()
            .lines()
            .findFirst()
            .orElse(""));
  }
}
