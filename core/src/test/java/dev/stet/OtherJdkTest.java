package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that another Java began and lost, where another Java of at least 17 is installed. */
class OtherJdkTest {
  record Config(int epochs) {}

  static final Experiment<Config> SAVING =
      Experiment.of("saving", Config.class, OtherJdkTest::train);

  /** Told to a process by its argument, and in none of the fingerprints. */
  static volatile boolean halting;

  private static void train(Config config, Trial trial) throws Exception {
    double[] state = trial.restore(double[].class).orElse(new double[2]);
    RandomStream noise = trial.random("noise");
    for (int epoch = (int) state[0]; epoch < config.epochs(); epoch++) {
      state[1] += noise.nextGaussian();
      trial.record("loss", state[1]);
      state[0] = epoch + 1;
      trial.checkpoint(epoch, state);
      if (halting && epoch == 2 && trial.seed().equals(Seed.of(7).child(1))) {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private static StudyPlan<Config> plan(Ledger ledger) {
    return SAVING.study(new Config(5)).seeds(Seed.of(7), 2).ledger(ledger);
  }

  /** Completes one trial and is gone in the second, behind a checkpoint. */
  public static void main(String[] arguments) {
    halting = true;
    plan(Ledger.open(Path.of(arguments[0]))).run();
  }

  @TempDir
  Path folder;

  private static Optional<Path> otherJava() throws IOException {
    Path machines = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(machines)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(machines)) {
      return homes
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .filter(home -> {
            int feature = feature(home);
            return feature >= 17 && feature != Runtime.version().feature();
          })
          .sorted()
          .findFirst();
    }
  }

  /** The version of Java in a folder; 0 if it does not say. */
  private static int feature(Path home) {
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      return 0;
    }
  }

  @Test
  void isNeitherSkippedNorGoneOnWithAndTheRuntimeIsNamed() throws Exception {
    Optional<Path> other = otherJava();
    assumeTrue(other.isPresent(), "there is another Java");
    Path runs = folder.resolve("runs");
    ChildJvm.in(folder).under(other.get()).run(OtherJdkTest.class, runs.toString());
    try (Ledger ledger = Ledger.open(runs)) {
      List<RunRecord> before = ledger.runs().toList();
      assertThat(before)
          .extracting(RunRecord::status)
          .containsExactly(RunStatus.COMPLETED, RunStatus.INTERRUPTED);
      assertThat(before.get(1).checkpoints()).isNotEmptyDirectory();
      assertThatThrownBy(() -> SAVING.resume(before.get(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "cannot be resumed as the same run; since its beginning there changed: ")
          .hasMessageContaining("runtime (");

      Study study = plan(ledger).run();
      assertThat(study.executed()).isEqualTo(2);
      assertThat(study.reused()).isZero();
      assertThat(study.summary().replaceAll("\\s+", " "))
          .contains("1 trial on record ran again, since this differs: ")
          .contains("runtime (");
      // Nothing of it is lost, and the two agree in every bit all the same.
      assertThat(ledger.runs().map(RunRecord::id))
          .hasSize(4)
          .containsAll(before.stream().map(RunRecord::id).toList());
      assertThat(study.runs().get(0).trace().digest())
          .isEqualTo(before.get(0).trace().digest());
      assertThat(before.get(1).checkpoints()).isNotEmptyDirectory();

      Study asked = plan(ledger).ledger(ledger, Reuse.NEVER).run();
      assertThat(asked.executed()).isEqualTo(2);
    }
  }
}
