package dev.stet.ledger;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Runs for the tests of this package. */
final class Samples {
  static final Duration DURATION = Duration.ofSeconds(1, 500_000_000);

  private Samples() {}

  static Fingerprint fingerprint(Seed seed, Map<String, Object> config) {
    Map<Facet, Map<String, Object>> facets = new EnumMap<>(Facet.class);
    facets.put(Facet.EXPERIMENT, Map.of("name", "digits"));
    facets.put(Facet.CODE, Map.of("Mlp", "0f".repeat(32)));
    facets.put(Facet.CONFIG, config);
    facets.put(Facet.SEED, Map.of("scheme", "stet-seeds/v1", "seed", seed.toString()));
    facets.put(Facet.RUNTIME, Map.of("java", "17.0.15"));
    return Fingerprint.of(facets, Map.of("host", "box"));
  }

  static RunStart start(long seed) {
    return start(seed, Map.of("rate", 0.1));
  }

  static RunStart start(long seed, Map<String, Object> config) {
    Seed root = Seed.of(seed);
    return RunStart.of("digits", root, fingerprint(root, config));
  }

  static Trace trace(double... values) {
    Recorder recorder = Recorder.of();
    for (double value : values) {
      recorder.record("accuracy", value);
    }
    return recorder.end();
  }

  static RunRecord complete(Ledger ledger, long seed, double... values) {
    return ledger.begin(start(seed)).completed(trace(values), DURATION);
  }
}
