package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Knob;
import dev.stet.Knobs;
import dev.stet.Perturbation;
import dev.stet.Reruns;
import dev.stet.Run;
import dev.stet.guard.Guard;
import dev.stet.guard.GuardOptions;
import dev.stet.seeds.Seed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Why did it diverge: reruns in fresh JVMs, the line by the guard, the knob by perturbed reruns. */
public final class Example07Why {
  private Example07Why() {}

  record Config(int n) {}

  static final String SESSION = UUID.randomUUID().toString();

  static final Experiment<Config> TAGGED =
      Experiment.of("tagged", Config.class, (config, trial) -> {
        trial.record("bucket", Math.floorMod(SESSION.hashCode(), 1 << 16));
      });

  static final Experiment<Config> SCORES =
      Experiment.of("scores", Config.class, (config, trial) -> {
        double[] scores = trial.random("draws").doubles(config.n()).toArray();
        trial.record("total", Arrays.stream(scores).parallel().reduce(0, Double::sum));
        trial.digest("line", String.format("%.3f", scores[0]));
      });

  /** Loaded anew in the guard, with all it uses. */
  static final class Explained implements Callable<String> {
    @Override
    public String call() {
      Run run = Example01Digits.BUGGY.run(Example01Digits.CONFIG, Seed.of(42));
      return Example01Digits.BUGGY.rerun(run, Reruns.inThisJvm(1)).explain();
    }
  }

  /**
   * Runs the example. It starts some twenty JVMs, one after the other.
   *
   * @param args not read
   * @throws Exception what the guarded class threw
   */
  public static void main(String[] args) throws Exception {
    show(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void show(PrintStream out) throws Exception {
    Run run = TAGGED.run(new Config(1), Seed.of(42));
    out.println(TAGGED.rerun(run, Reruns.inThisJvm(5)).explain());
    out.println(TAGGED.rerun(run, Reruns.inFreshJvms()).explain());

    out.println(Guard.inside(GuardOptions.observe(), Explained.class));

    Run scores = SCORES.run(new Config(100_000), Seed.of(42));
    Perturbation found =
        SCORES.perturb(scores, Knobs.of(Knob.THREADS, Knob.LOCALE, Knob.TIME_ZONE, Knob.LIBM));
    out.println(found.explain());
  }
}
