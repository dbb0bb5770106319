package dev.stet;

import dev.stet.fork.JvmChange;
import dev.stet.ledger.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Reruns a trial in fresh JVMs: plainly first, then with one knob turned each. */
final class Perturbing<C> {
  /** A knob may slow a trial down, as the interpreter does; it must not hold the others up for days. */
  private static final int SLOWER = 50;

  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final Rerunning<C> rerunning;
  private final Run first;
  private final Knobs knobs;
  private final RecordedEnvironment recorded;

  Perturbing(Rerunning<C> rerunning, Run first, Knobs knobs) {
    this.rerunning = rerunning;
    this.first = first;
    this.knobs = knobs;
    this.recorded = RecordedEnvironment.of(first.fingerprint());
  }

  Perturbation perturbed() {
    rerunning.requireTravels();
    JvmChange pinned = recorded.pinned();
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < knobs.plainReruns(); i++) {
      runs.add(rerunning.run(FreshJvms.of(pinned, Optional.empty())));
    }
    Rerun plain = RunComparison.whole(first, runs, Reruns.inFreshJvms(runs.size()));
    Run reference = runs.get(0);
    if (runs.stream().anyMatch(run -> !Outcomes.areAlike(reference, run))) {
      return new Perturbation.Unsteady(plain);
    }
    List<Turn> turns = new ArrayList<>();
    Duration limit = limit(runs);
    for (Knob knob : knobs.knobs()) {
      turns.add(turned(knob, reference, limit));
    }
    return turns.stream().anyMatch(Turn.Changed.class::isInstance)
        ? new Perturbation.Sensitive(plain, turns)
        : new Perturbation.Steady(plain, turns);
  }

  private static Duration limit(List<Run> plain) {
    Duration slowest =
        plain.stream().map(Run::duration).max(Duration::compareTo).orElse(Duration.ZERO);
    Duration limit = slowest.multipliedBy(SLOWER);
    return limit.compareTo(SHORTEST) < 0 ? SHORTEST : limit;
  }

  private Turn turned(Knob knob, Run reference, Duration limit) {
    KnobSetting setting = KnobSetting.of(knob, recorded, knobs);
    JvmChange change = setting.change();
    if (change == null) {
      return new Turn.NotTried(knob, setting.words());
    }
    FreshJvms<C> there = FreshJvms.of(change, Optional.of(limit));
    try {
      Run run = rerunning.run(there);
      if (run.status() == RunStatus.TIMED_OUT && reference.status() != RunStatus.TIMED_OUT) {
        String words = String.valueOf(run.failure().orElseThrow().getMessage());
        return new Turn.NotTried(knob, setting.words() + ": " + words);
      }
      if (Outcomes.areAlike(reference, run)) {
        return new Turn.Unchanged(knob, setting.words(), run);
      }
      List<Run> twice = List.of(run, rerunning.run(there));
      Rerun rerun = RunComparison.whole(reference, twice, Reruns.inFreshJvms(2));
      return new Turn.Changed(knob, setting.words(), (Rerun.Diverged) rerun);
    } catch (CancellationException e) {
      throw e;
    } catch (IllegalStateException e) {
      return new Turn.NotTried(knob, setting.words() + ": " + reason(e));
    } finally {
      setting.cleanUp();
    }
  }

  /** The last words of a JVM that did not start say what it lacks; the rest is how we called it. */
  private static String reason(IllegalStateException refused) {
    List<String> lines = String.valueOf(refused.getMessage()).lines().map(String::strip).toList();
    int words = lines.indexOf("last lines on the error output:");
    return words >= 0 && words + 1 < lines.size() ? lines.get(words + 1) : lines.get(0);
  }
}
