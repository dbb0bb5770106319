package dev.stet;

import dev.stet.trace.Trace;
import dev.stet.trace.TraceComparison;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Compares a run with its reruns: traces first, then how the runs ended. */
final class RunComparison {
  private RunComparison() {}

  static Rerun whole(Run first, List<Run> reruns, Reruns how) {
    return all(first, reruns, how, (one, other) -> one.trace().compare(other.trace()), true);
  }

  static Rerun first(Run first, Run rerun, int records) {
    Trace prefix = first.trace().prefix(records);
    return all(
        first,
        List.of(rerun),
        Reruns.inThisJvm(1),
        (one, other) -> prefix.compare(other.trace()),
        false);
  }

  private static Rerun all(
      Run first,
      List<Run> reruns,
      Reruns how,
      BiFunction<Run, Run, TraceComparison> traces,
      boolean endsToo) {
    @Nullable Run parted = null;
    TraceComparison apart = new TraceComparison.Identical(0);
    TreeSet<String> unordered = new TreeSet<>();
    int identical = 0;
    int records = 0;
    for (Run rerun : reruns) {
      TraceComparison comparison = traces.apply(first, rerun);
      if (comparison instanceof TraceComparison.Diverged || (endsToo && !endAlike(first, rerun))) {
        apart = parted == null ? comparison : apart;
        parted = parted == null ? rerun : parted;
      } else if (comparison instanceof TraceComparison.Unordered free) {
        unordered.addAll(free.metrics());
      } else if (comparison instanceof TraceComparison.Identical same) {
        identical++;
        records = same.records();
      }
    }
    if (parted != null) {
      return new Rerun.Diverged(first, reruns, how, parted, identical, apart);
    }
    return unordered.isEmpty()
        ? new Rerun.Identical(first, reruns, how, records)
        : new Rerun.Unordered(first, reruns, how, List.copyOf(unordered));
  }

  static boolean endAlike(Run one, Run other) {
    if (one.failure().isEmpty() || other.failure().isEmpty()) {
      return one.failure().isEmpty() && other.failure().isEmpty();
    }
    // One of them may be of another process, which left the texts of what was thrown and not the
    // thing.
    return one.cause().type().equals(other.cause().type())
        && one.cause().message().equals(other.cause().message());
  }
}
