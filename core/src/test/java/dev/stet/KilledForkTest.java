package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.ledger.Ledger;
import dev.stet.ledger.Link;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A forked JVM is killed between two checkpoints, and the study is run once more. */
class KilledForkTest {
  record Config(int epochs) {}

  static final Experiment<Config> SAVING =
      Experiment.of("saving", Config.class, KilledForkTest::train);
  static final String PLACE = "dev.stet.killed-fork";
  static final Seed VICTIM = Seed.of(7).child(1);

  private static void train(Config config, Trial trial) throws Exception {
    double[] state = trial.restore(double[].class).orElse(new double[2]);
    RandomStream noise = trial.random("noise");
    if (trial.seed().equals(VICTIM)) {
      say("began with epoch " + (int) state[0]);
    }
    for (int epoch = (int) state[0]; epoch < config.epochs(); epoch++) {
      state[1] += noise.nextGaussian();
      trial.record("loss", state[1]);
      state[0] = epoch + 1;
      trial.checkpoint(epoch, state);
      if (epoch == 5 && trial.seed().equals(VICTIM)) {
        dieOnce();
      }
    }
  }

  private static Path place() {
    return Path.of(System.getProperty(PLACE));
  }

  private static void say(String line) throws IOException {
    Files.writeString(
        place().resolve("said"), line + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void dieOnce() throws Exception {
    try {
      Files.createFile(place().resolve("died"));
    } catch (FileAlreadyExistsException e) {
      return;
    }
    new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    Thread.sleep(600_000);
  }

  @TempDir
  Path folder;

  @Test
  void goesOnFromItsCheckpointToTheSameBits() throws Exception {
    Files.createFile(folder.resolve("died"));
    System.setProperty(PLACE, folder.toString());
    try (Ledger ledger = Ledger.open(folder.resolve("runs"))) {
      Study whole = SAVING.study(new Config(12)).seeds(Seed.of(7), 3).run();
      Files.delete(folder.resolve("died"));
      Files.delete(folder.resolve("said"));
      StudyPlan<Config> plan =
          SAVING.study(new Config(12)).seeds(Seed.of(7), 3).forks(2).ledger(ledger);

      Study first = plan.run();
      assertThat(first.runs())
          .extracting(Run::status)
          .containsExactly(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.COMPLETED);
      Run lost = first.runs().get(1);
      assertThat(lost.failure().orElseThrow())
          .isInstanceOf(LostTrialException.class)
          .hasMessageContaining("SIGKILL");
      RunRecord record = ledger.run(lost.id().orElseThrow()).orElseThrow();
      assertThat(record.checkpoints()).isNotEmptyDirectory();

      Study second = plan.run();
      assertThat(second.reused()).isEqualTo(2);
      assertThat(second.executed()).isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        assertThat(ResumeTest.bytes(second.runs().get(i).trace()))
            .isEqualTo(ResumeTest.bytes(whole.runs().get(i).trace()));
      }
      assertThat(Files.readAllLines(folder.resolve("said")))
          .isEqualTo(List.of("began with epoch 0", "began with epoch 6"));
      RunRecord resumed = ledger.run(second.runs().get(1).id().orElseThrow()).orElseThrow();
      assertThat(resumed.links()).isEqualTo(Map.of(Link.RESUMES, record.id()));
      assertThat(record.checkpoints()).doesNotExist();
      assertThat(ledger.problems()).isEmpty();
    } finally {
      System.clearProperty(PLACE);
    }
  }
}
