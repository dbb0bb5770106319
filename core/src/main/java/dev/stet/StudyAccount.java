package dev.stet;

import dev.stet.seeds.Seed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the runs of a study came about.
 *
 * @param reused how many were taken from a record
 * @param retried how many took more than one attempt
 * @param notRun the seeds that were given up
 * @param notReused why completed runs on record were not taken, and for how many trials
 */
record StudyAccount(int reused, int retried, List<Seed> notRun, Map<String, Integer> notReused) {
  static final StudyAccount NEW = new StudyAccount(0, 0, List.of(), Map.of());

  static StudyAccount reused(int runs) {
    return new StudyAccount(runs, 0, List.of(), Map.of());
  }

  StudyAccount and(StudyAccount more) {
    Map<String, Integer> reasons = new TreeMap<>(notReused);
    more.notReused.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    List<Seed> seeds =
        java.util.stream.Stream.concat(notRun.stream(), more.notRun.stream()).toList();
    return new StudyAccount(reused + more.reused, retried + more.retried, seeds, reasons);
  }
}
