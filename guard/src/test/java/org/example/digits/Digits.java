package org.example.digits;

import dev.stet.Experiment;
import dev.stet.Run;
import dev.stet.seeds.Seed;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;

/** A user's program, with an experiment that draws numbers which are not its own. */
public final class Digits implements Callable<Run> {
  public Digits() {}

  public static void main(String... arguments) {
    System.out.println("arguments=" + java.util.List.of(arguments));
    Run run = new Digits().call();
    System.out.println("status=" + dev.stet.guard.Guard.status());
    System.out.println("accuracy=" + run.trace().digest());
    System.out.println("rewritten=" + run.observation().classes());
    run.observation().limits().forEach(limit -> System.out.println("limit=" + limit));
    run.findings().forEach(finding -> System.out.println("found=" + finding.place()));
  }

  static double train() {
    return Math.random() + new Random().nextDouble();
  }

  @Override
  public Run call() {
    Experiment<Map<String, Object>> experiment =
        Experiment.ofMap("digits", (config, trial) -> trial.record("accuracy", train()));
    return experiment.run(Map.of("rate", 1.0), Seed.of(42));
  }
}
