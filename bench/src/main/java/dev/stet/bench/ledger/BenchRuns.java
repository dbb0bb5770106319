package dev.stet.bench.ledger;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.ledger.RunStart;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import java.util.EnumMap;
import java.util.Map;

/** Runs of a usual size: a config of a few values, a handful of records. */
final class BenchRuns {
  private BenchRuns() {}

  static RunStart start(long seed) {
    Seed root = Seed.of(seed);
    Map<Facet, Map<String, Object>> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.EXPERIMENT, Map.of("name", "bench"));
    facets.put(Facet.CODE, Map.of("classes", Map.of("bench.Body", "00".repeat(32))));
    facets.put(Facet.CONFIG, Map.of("rate", 0.01, "layers", 3, "optimizer", "adam", "batch", 128));
    facets.put(Facet.SEED, Map.of("scheme", "stet-seeds/v1", "seed", root.toString()));
    facets.put(Facet.RUNTIME, Map.of("java", System.getProperty("java.version")));
    return RunStart.of("bench", root, Fingerprint.of(facets, Map.of())).withStudy("night");
  }

  static Trace trace(long seed) {
    Recorder recorder = Recorder.of();
    for (int i = 0; i < 10; i++) {
      recorder.record("loss", 1.0 / (i + seed % 97 + 1));
    }
    recorder.record("accuracy", ((seed * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53);
    return recorder.end();
  }
}
