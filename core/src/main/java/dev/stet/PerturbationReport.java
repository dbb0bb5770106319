package dev.stet;

import dev.stet.trace.TraceComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The words of perturbed reruns. */
final class PerturbationReport {
  private static final int LONGEST = 100;

  private PerturbationReport() {}

  static String of(Perturbation perturbation) {
    return perturbation instanceof Perturbation.Unsteady
        ? unsteady(perturbation.plain())
        : turned(perturbation);
  }

  private static String unsteady(Rerun plain) {
    return plain.first().experiment() + " gives other bits from one fresh JVM to the next, so that"
        + " no knob was turned: its effect could not be told from that. Mend this first.\n\n"
        + plain.explain();
  }

  private static String turned(Perturbation found) {
    List<Turn.Changed> changed = new ArrayList<>();
    found.turns().forEach(turn -> {
      if (turn instanceof Turn.Changed one) {
        changed.add(one);
      }
    });
    StringBuilder page =
        new StringBuilder(head(found, changed.size())).append("\n\n").append(table(found.turns()));
    if (found.plain() instanceof Rerun.Diverged) {
      page.append("\n\n")
          .append(Words.paragraph(
              "The run that was given differs from all of them, and they are equal: it ran in a JVM"
                  + " with something else in it, such as agents or what earlier runs left behind. Experiment.rerun(run,"
                  + " Reruns.inFreshJvms()) shows where it parts."));
    }
    changed.forEach(turn -> page.append("\n\n").append(explained(turn)));
    return page.append("\n\n")
        .append(Words.paragraph(limits(found, changed.size())))
        .toString();
  }

  private static String head(Perturbation found, int changed) {
    int plain = found.plain().reruns().size();
    long tried =
        found.turns().stream().filter(turn -> !(turn instanceof Turn.NotTried)).count();
    Run first = found.plain().first();
    if (first.trace().size() == 0 && changed == 0) {
      return first.experiment() + " was run in " + Words.number(plain)
          + " plain fresh JVMs and under "
          + Words.count(tried, "turned knob") + ", but nothing was compared: it recorded nothing"
          + (first.failure().isEmpty()
              ? ". Record a metric or the digest of a result."
              : ", and each " + first.outcome() + ".");
    }
    String same = first.experiment() + " has the same bits in "
        + Words.number(plain) + " plain fresh JVMs, "
        + (first.failure().isEmpty() ? "" : "where each " + first.outcome() + ", ");
    if (tried == 0) {
      return same + "and no knob could be turned.";
    }
    return changed == 0
        ? same + "and under " + Words.count(tried, "turned knob") + "."
        : same + "and others under " + changed + " of " + Words.count(tried, "turned knob") + ".";
  }

  private static String table(List<Turn> turns) {
    int width =
        turns.stream().mapToInt(turn -> turn.knob().words().length()).max().orElse(0);
    return turns.stream()
        .map(turn -> "  " + padded(turn.knob().words(), width) + "  " + result(turn))
        .collect(Collectors.joining("\n"));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String result(Turn turn) {
    if (turn instanceof Turn.Changed changed) {
      return (changed.isSteady() ? "OTHER BITS  " : "UNSTEADY    ") + changed.setting();
    }
    if (turn instanceof Turn.Unchanged unchanged) {
      return "same        " + unchanged.setting();
    }
    String reason = ((Turn.NotTried) turn).reason().lines().findFirst().orElse("");
    return "not tried   "
        + (reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + " ...");
  }

  private static String explained(Turn.Changed turn) {
    String head = "With " + turn.knob().words() + " " + turn.setting() + ": ";
    Rerun.Diverged rerun = turn.rerun();
    String ends = RerunReport.ends("  plain      ", "  turned     ", rerun);
    boolean alike = RunComparison.endAlike(rerun.first(), rerun.parted());
    String where = rerun.comparison() instanceof TraceComparison.Diverged traces
        ? head + traces.divergence().place() + ".\n\n"
            + labelled(traces.divergence().block())
            + (alike ? "" : "\n\n  The two ended differently:\n\n" + ends)
        : head + "the runs ended differently.\n\n" + ends;
    String doubt = turn.isSteady()
        ? ""
        : "Turned once more it gave other bits again, so that this may be chance that more plain reruns would show too. ";
    return where + "\n\n" + Words.paragraph(doubt + turn.knob().advice());
  }

  /** In the words of a rerun the plain one is the first run. */
  private static String labelled(String block) {
    return block
        .lines()
        .map(line -> "  "
            + line.replaceFirst("^  first run  ", "  plain      ")
                .replaceFirst("^  rerun      ", "  turned     "))
        .collect(Collectors.joining("\n"));
  }

  private static String limits(Perturbation found, int changed) {
    String weak =
        "No change is weak evidence: a last bit that differs often does not show in a short"
            + " run, each knob was turned to one value, and machine and processor stayed the same.";
    return changed == 0
        ? weak
        : weak + " A knob that changed the bits was turned twice; what differs more rarely than "
            + Words.count(found.plain().reruns().size(), "plain rerun")
            + " can show may still pass for its effect.";
  }
}
