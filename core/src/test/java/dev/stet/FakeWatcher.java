package dev.stet;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Found by every test of this module; inactive unless a test gives it something to see. */
public final class FakeWatcher implements TrialWatcher {
  static final Finding K2 = new Finding(
      Kind.UNSEEDED_RANDOM,
      Treatment.OBSERVED,
      "new Random()",
      "org.example.local.K2",
      "search",
      185,
      1,
      "Seed it: trial.random(\"k2\").asRandom().");

  /** What the watches of this JVM see; null while the watcher is inactive. */
  static volatile @Nullable Supplier<Observation> sees;

  /** What it was told, in order. */
  static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());

  static void sees(Finding... findings) {
    Observation seen = Observation.of(List.of(findings)).withClasses("c1a55e5");
    sees = () -> seen;
  }

  static void rest() {
    sees = null;
    TOLD.clear();
  }

  private static boolean isChild() {
    return Boolean.getBoolean("fake.watcher");
  }

  @Override
  public Map<String, Object> settings() {
    return sees == null && !isChild() ? Map.of() : Map.of("mode", "observe", "rules", 34);
  }

  @Override
  public List<String> jvmOptions() {
    return List.of("-Dfake.watcher=true");
  }

  @Override
  public TrialWatch begin(String experiment, Seed seed) {
    TOLD.add("begin " + experiment + " " + seed + " " + Thread.currentThread().getName());
    return () -> {
      TOLD.add("end " + Thread.currentThread().getName());
      Supplier<Observation> now = sees;
      return now == null
          ? Observation.of(List.of(K2)).withLimits(List.of("It is in a child JVM."))
          : now.get();
    };
  }
}
