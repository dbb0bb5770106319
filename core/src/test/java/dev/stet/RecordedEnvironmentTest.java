package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordedEnvironmentTest {
  private static final Map<String, Object> SETTINGS = Map.of(
      "locale", "en",
      "displayLocale", "en",
      "formatLocale", "de-DE",
      "timeZone", "Etc/UTC",
      "charset", "UTF-8");

  private static final RecordedEnvironment HERE = environment(Map.of(), Map.of(), Map.of());

  private static RecordedEnvironment environment(
      Map<String, Object> settings, Map<String, Object> runtime, Map<String, String> options) {
    Map<String, String> all = new LinkedHashMap<>(Map.of(
        "UseG1GC", "true",
        "UseSerialGC", "false",
        "UseLibmIntrinsic", "true",
        "TieredStopAtLevel", "4",
        "UseSharedSpaces", "true",
        "hashCode", "5"));
    all.putAll(options);
    Map<String, Object> known = new HashMap<>();
    all.forEach((name, value) -> known.put(name, Map.of("value", value, "chosen", false)));
    Map<String, Object> tree = new HashMap<>(Map.of(
        "java.vm.info",
        "mixed mode",
        "processors",
        4,
        "commonPoolParallelism",
        3,
        "guard",
        false,
        "options",
        known));
    tree.putAll(runtime);
    Map<String, Object> set = new HashMap<>(SETTINGS);
    set.putAll(settings);
    return RecordedEnvironment.of(Fingerprint.ofForms(
        Map.of(Facet.SETTINGS, CanonicalForm.of(set), Facet.RUNTIME, CanonicalForm.of(tree)),
        Map.of()));
  }

  @Nested
  class Pinning {
    @Test
    void tellsAChildNothingThatIsSoAnyway() {
      assertThat(HERE.pinned(HERE)).hasToString("");
      Fingerprint now = Experiment.ofMap("x", (config, trial) -> {})
          .run(Map.of(), dev.stet.seeds.Seed.of(1))
          .fingerprint();
      assertThat(RecordedEnvironment.of(now).pinned()).hasToString("");
    }

    @Test
    void tellsWhatWasOtherwise() {
      RecordedEnvironment there = environment(
          Map.of("timeZone", "Asia/Kolkata", "charset", "ISO-8859-1"),
          Map.of("processors", 8, "commonPoolParallelism", 7),
          Map.of("UseG1GC", "false", "UseSerialGC", "true", "TieredStopAtLevel", "1"));
      assertThat(there.pinned(HERE))
          .hasToString("-Dfile.encoding=ISO-8859-1"
              + " -Djava.util.concurrent.ForkJoinPool.common.parallelism=7"
              + " -Duser.timezone=Asia/Kolkata"
              + " -XX:ActiveProcessorCount=8"
              + " -XX:+UnlockExperimentalVMOptions -XX:+UseSerialGC"
              + " -XX:+UnlockExperimentalVMOptions -XX:+UnlockDiagnosticVMOptions"
              + " -XX:TieredStopAtLevel=1");
    }

    @Test
    void tellsThatNothingWasCompiledOrHeldInAnArchive() {
      RecordedEnvironment there = environment(
          Map.of(),
          Map.of("java.vm.info", "interpreted mode"),
          Map.of("UseSharedSpaces", "false", "UseLibmIntrinsic", "false"));
      assertThat(there.pinned(HERE).toString())
          .contains("-XX:-UseLibmIntrinsic", "-XX:-UseSharedSpaces")
          .endsWith("-Xint");
    }

    @Test
    void leavesAloneWhatWasNotCaptured() {
      Fingerprint bare = Fingerprint.ofForms(
          Map.of(Facet.EXPERIMENT, CanonicalForm.of(Map.of("name", "x"))), Map.of());
      assertThat(RecordedEnvironment.of(bare).pinned()).hasToString("");
    }
  }

  @Nested
  class Knobs {
    private static String setting(Knob knob, RecordedEnvironment there) {
      KnobSetting setting = KnobSetting.of(knob, there, dev.stet.Knobs.all());
      try {
        return setting.change() == null ? "not: " + setting.words() : setting.words();
      } finally {
        setting.cleanUp();
      }
    }

    @Test
    void areTurnedToAnotherValueThanTheRecordedOne() {
      RecordedEnvironment there = environment(
          Map.of("locale", "tr-TR", "timeZone", "Pacific/Chatham", "charset", "ISO-8859-1"),
          Map.of("processors", 64, "commonPoolParallelism", 7),
          Map.of("UseG1GC", "false", "UseSerialGC", "true", "hashCode", "0"));
      assertThat(setting(Knob.THREADS, HERE)).isEqualTo("7 instead of 3");
      assertThat(setting(Knob.THREADS, there)).isEqualTo("3 instead of 7");
      assertThat(setting(Knob.PROCESSORS, HERE)).isEqualTo("16 instead of 4");
      assertThat(setting(Knob.PROCESSORS, there)).isEqualTo("3 instead of 64");
      assertThat(setting(Knob.LOCALE, HERE)).isEqualTo("tr-TR instead of en");
      assertThat(setting(Knob.LOCALE, there)).isEqualTo("de-DE instead of tr-TR");
      assertThat(setting(Knob.TIME_ZONE, HERE)).isEqualTo("Pacific/Chatham instead of Etc/UTC");
      assertThat(setting(Knob.TIME_ZONE, there))
          .isEqualTo("Asia/Kolkata instead of Pacific/Chatham");
      assertThat(setting(Knob.CHARSET, HERE)).isEqualTo("ISO-8859-1 instead of UTF-8");
      assertThat(setting(Knob.CHARSET, there)).isEqualTo("UTF-8 instead of ISO-8859-1");
      assertThat(setting(Knob.IDENTITY_HASH, HERE)).isEqualTo("mode 0 instead of 5");
      assertThat(setting(Knob.IDENTITY_HASH, there)).isEqualTo("mode 5 instead of 0");
      assertThat(setting(Knob.GARBAGE_COLLECTOR, HERE)).isEqualTo("Serial instead of G1");
      assertThat(setting(Knob.GARBAGE_COLLECTOR, there)).isEqualTo("Parallel instead of Serial");
    }

    @Test
    void thatCannotBeTurnedSayWhy() {
      RecordedEnvironment there = environment(
          Map.of(),
          Map.of("java.vm.info", "interpreted mode", "guard", Map.of("mode", "replace")),
          Map.of("UseSharedSpaces", "false", "UseLibmIntrinsic", "false"));
      assertThat(setting(Knob.INTERPRETER, there))
          .isEqualTo("not: the run was interpreted already");
      assertThat(setting(Knob.LIBM, there)).isEqualTo("not: the run was in software already");
      assertThat(setting(Knob.CLASS_DATA_SHARING, there)).isEqualTo("not: the run had no archive");
      assertThat(setting(Knob.SALT, there))
          .isEqualTo("not: the guard is on, and may hold the salt");
      assertThat(setting(Knob.SALT, HERE))
          .isEqualTo("not: each JVM draws its own, so the plain reruns have");
    }
  }
}
