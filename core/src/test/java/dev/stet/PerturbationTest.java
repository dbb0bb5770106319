package dev.stet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stet.FragilePrograms.Config;
import dev.stet.fingerprint.Facet;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Programs with a known weakness, each under the knob that shows it. Every turn is a JVM, so that there are few. */
class PerturbationTest {
  static final Config CONFIG = new Config(50);
  static final Seed SEED = Seed.of(42);
  static final Path OTHER = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

  private static Perturbation perturbed(String name, Experiment.Body<Config> body, Knobs knobs) {
    Experiment<Config> experiment = Experiment.of(name, Config.class, body);
    return experiment.perturb(experiment.run(CONFIG, SEED), knobs.withPlainReruns(2));
  }

  private static boolean hasAnotherFileSystem() throws Exception {
    Path memory = Path.of("/dev/shm");
    if (!Files.isWritable(memory)) {
      return false;
    }
    FileStore here = Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")));
    return !Files.getFileStore(memory).equals(here);
  }

  @Nested
  class ASoundProgram {
    @Test
    void isSteadyAndTheLimitsOfThatAreSaid() {
      Perturbation found = perturbed(
          "sound",
          FragilePrograms::sound,
          Knobs.of(Knob.LIBM, Knob.SALT, Knob.JAVA).withOtherJava(Path.of("/no/java/here")));
      assertThat(found).isInstanceOf(Perturbation.Steady.class);
      assertThat(found.requireSteady()).isSameAs(found);
      assertThat(found.explain()).isEqualTo("""
          sound has the same bits in 2 plain fresh JVMs, and under 1 turned knob.

            mathematical library  same        in software
            salt of Set.of        not tried   each JVM draws its own, so the plain reruns have
            other Java            not tried   /no/java/here: there is no Java to start

            No change is weak evidence: a last bit that differs often does not show in a short run, each knob
            was turned to one value, and machine and processor stayed the same.""");
      Turn.Unchanged libm = (Turn.Unchanged) found.turns().get(0);
      assertThat(option(libm.run(), "UseLibmIntrinsic")).isEqualTo("false");
    }
  }

  private static Object option(Run run, String name) {
    Map<?, ?> options = (Map<?, ?>) requireNonNull(runtime(run).get("options"));
    return requireNonNull(((Map<?, ?>) requireNonNull(options.get(name))).get("value"));
  }

  private static Map<?, ?> runtime(Run run) {
    return (Map<?, ?>) requireNonNull(run.fingerprint().form(Facet.RUNTIME).value());
  }

  @Nested
  class AParallelSum {
    @Test
    void dependsOnThreads() {
      Perturbation found = perturbed("sum", FragilePrograms::parallelSum, Knobs.of(Knob.THREADS));
      assertThat(found.changing()).containsExactly(Knob.THREADS);
      assertThat(found.explain())
          .startsWith(
              "sum has the same bits in 2 plain fresh JVMs, and others under 1 of 1 turned knob.\n\n"
                  + "  threads  OTHER BITS  7 instead of ")
          .contains("first difference at record 1 of 1.\n\n  sum, step 0\n    plain      ")
          .contains("\n    turned     ")
          .contains("\n\n  Something depends on how parallel work is divided");
      assertThatThrownBy(found::requireSteady)
          .isInstanceOf(NotIdenticalException.class)
          .hasMessage(found.explain());
    }
  }

  @Nested
  class AChaoticNet {
    @Test
    void dependsOnTheMathematicalLibraryAndTheJdk() {
      boolean other = Files.isDirectory(OTHER) && Runtime.version().feature() < 24;
      Knobs knobs = Knobs.of(Knob.LIBM, Knob.JAVA);
      Perturbation found =
          perturbed("net", FragilePrograms::chaoticNet, other ? knobs.withOtherJava(OTHER) : knobs);
      assertThat(found.changing())
          .isEqualTo(other ? List.of(Knob.LIBM, Knob.JAVA) : List.of(Knob.LIBM));
      if (found.turns().get(1) instanceof Turn.Changed turn) {
        assertThat(turn.isSteady()).isTrue();
        assertThat(String.valueOf(runtime(turn.rerun().parted()).get("java.version")))
            .startsWith("25");
      }
    }
  }

  @Nested
  class TextsAndFiles {
    @Test
    void dependOnLocaleAndFileSystem() throws Exception {
      assumeTrue(hasAnotherFileSystem());
      Set<Path> before = inMemory();
      Perturbation found = perturbed(
          "texts", FragilePrograms::textsAndFiles, Knobs.of(Knob.LOCALE, Knob.TEMPORARY_DIRECTORY));
      assertThat(found.changing()).containsExactly(Knob.LOCALE, Knob.TEMPORARY_DIRECTORY);
      assertThat(inMemory()).isEqualTo(before);
    }

    /** Folders as a knob makes them. */
    private static Set<Path> inMemory() throws IOException {
      try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
        return all.filter(path -> path.getFileName().toString().startsWith(KnobSetting.FOLDER))
            .collect(Collectors.toSet());
      }
    }
  }

  @Nested
  class AProgramThatRecordsNothing {
    @Test
    void isNeverCalledSteady() {
      Perturbation found = perturbed("silent", (config, trial) -> {}, Knobs.of(Knob.SALT));
      assertThat(found.explain())
          .startsWith(
              "silent was run in 2 plain fresh JVMs and under 0 turned knobs, but nothing was"
                  + " compared: it recorded nothing. Record a metric or the digest of a result.\n");
      assertThatThrownBy(found::requireSteady)
          .isInstanceOf(NotIdenticalException.class)
          .hasMessage(found.explain());
    }

    @Test
    void isToldWithWhatItFailedWith() {
      Perturbation found =
          perturbed("failing", FragilePrograms::failsInTurkish, Knobs.of(Knob.LOCALE));
      assertThat(found.explain())
          .contains("    turned     recorded nothing more\n")
          .contains("  The two ended differently:\n")
          .contains("    plain      completed\n")
          .contains(
              "    turned     failed with java.lang.IllegalStateException: no Turkish here\n");
    }
  }

  @Nested
  class AProgramThatReadsTheMachine {
    @Test
    void isOtherUnderEachKnobThatChangesWhatItReads() {
      Perturbation found = perturbed(
          "machine",
          FragilePrograms::machine,
          Knobs.of(
              Knob.PROCESSORS,
              Knob.TIME_ZONE,
              Knob.CHARSET,
              Knob.GARBAGE_COLLECTOR,
              Knob.CLASS_DATA_SHARING,
              Knob.INTERPRETER));
      List<Knob> tried = found.turns().stream()
          .filter(turn -> !(turn instanceof Turn.NotTried))
          .map(Turn::knob)
          .toList();
      // All but the archive of class data, which a JVM may lack, can be turned wherever these tests
      // run.
      assertThat(tried)
          .contains(
              Knob.PROCESSORS,
              Knob.TIME_ZONE,
              Knob.CHARSET,
              Knob.GARBAGE_COLLECTOR,
              Knob.INTERPRETER);
      assertThat(found.changing()).isEqualTo(tried);
    }

    @Test
    void hasOtherIdentityHashes() {
      Perturbation found = perturbed("sound", FragilePrograms::sound, Knobs.of(Knob.IDENTITY_HASH));
      Turn.Unchanged turn = (Turn.Unchanged) found.turns().get(0);
      assertThat(option(turn.run(), "hashCode")).isEqualTo("0");
    }
  }

  @Nested
  class AnUnsteadyProgram {
    @Test
    void isReportedAndNoKnobTurned() {
      Perturbation found = perturbed("salted", FragilePrograms::saltedSet, Knobs.of(Knob.LOCALE));
      assertThat(found).isInstanceOf(Perturbation.Unsteady.class);
      assertThat(found.turns()).isEmpty();
      assertThat(found.explain())
          .startsWith("salted gives other bits from one fresh JVM to the next, so that no knob was"
              + " turned: its effect could not be told from that. Mend this first.\n\n"
              + "salted did not rerun bit for bit in fresh JVMs: ")
          .contains(" in 3 runs:\n");
    }

    /** Which threads HotSpot starts before the trial's is left to chance, and they decide its identity hash codes. */
    @Test
    void ofIdentityHashesIsNeverCalledSteady() {
      Perturbation found =
          perturbed("identity", FragilePrograms::identityHashes, Knobs.of(Knob.IDENTITY_HASH));
      assertThat(found).isNotInstanceOf(Perturbation.Steady.class);
    }
  }

  @Nested
  class TheChoice {
    @Test
    void isOfAllKnobsAfterFiveReruns() {
      assertThat(Knobs.all().knobs()).containsExactly(Knob.values());
      assertThat(Knobs.all().plainReruns()).isEqualTo(5);
      assertThat(Knobs.all().without(Knob.INTERPRETER).knobs()).doesNotContain(Knob.INTERPRETER);
    }

    @Test
    void refusesNothingToTurnAndNothingToCompare() {
      assertThatThrownBy(() -> Knobs.of(Knob.LIBM).without(Knob.LIBM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "at least one knob must be left; without [LIBM] there is none. To rerun only, use"
                  + " Experiment.rerun(run, Reruns.inFreshJvms()).");
      assertThatThrownBy(() -> Knobs.all().withPlainReruns(1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "plain reruns must be at least 2, to be compared; got 1. Leave it at 5 if you can wait.");
    }

    @Test
    void refusesWhatCannotTravel() {
      Object captured = new Object();
      assertThatThrownBy(() -> perturbed(
              "bound",
              (config, trial) -> trial.record("x", captured.hashCode() == 0 ? 1 : 2),
              Knobs.of(Knob.LIBM)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("no fresh JVM can run this: ");
    }
  }

  @Test
  void everyKnobSaysWhatItPointsTo() {
    for (Knob knob : Knob.values()) {
      assertThat(knob.words()).isNotBlank();
      assertThat(knob.advice()).endsWith(".");
    }
    assertThat(List.of(Knob.values())).extracting(Knob::words).doesNotHaveDuplicates();
  }
}
