package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study in forked JVMs takes from its ledger what forked JVMs of a program guarded alike put there, and nothing else. */
class ForkedLedgerTest {
  private static final String PROGRAM = ForkedProgram.class.getName();
  private static final List<String> ATTACHABLE =
      List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading");

  @TempDir
  private Path folder;

  private String study(List<String> java, String main, String... arguments) {
    return ChildJvm.run(ChildJvm.java(), java, main, arguments).value("study");
  }

  private String ledger() {
    return folder.resolve("runs").toString();
  }

  private String unguarded() {
    return study(List.of(), PROGRAM, ledger());
  }

  private String byAgent(String options) {
    return study(List.of(ChildJvm.agent(folder, options)), PROGRAM, ledger());
  }

  private String byLoader(String options) {
    return study(List.of(), GuardLauncher.class.getName(), "--" + options, PROGRAM, ledger());
  }

  private String byAttaching(String options) {
    return study(ATTACHABLE, PROGRAM, ledger(), options);
  }

  private static void ran(String study) {
    assertThat(study).isEqualTo("2 executed, 0 reused");
  }

  private static void wasThere(String study) {
    assertThat(study).isEqualTo("0 executed, 2 reused");
  }

  @Test
  void underTheAgent() {
    ran(unguarded());
    ran(byAgent("mode=replace"));
    wasThere(byAgent("mode=replace"));
    ran(byAgent("mode=observe"));
    wasThere(unguarded());
  }

  @Test
  void underTheClassLoader() {
    ran(byLoader("mode=replace"));
    wasThere(byLoader("mode=replace"));
    ran(byLoader("mode=observe"));
    ran(unguarded());
  }

  @Test
  void underTheAttachedAgent() {
    ran(byAttaching("mode=replace"));
    wasThere(byAttaching("mode=replace"));
    ran(byAttaching("mode=observe"));
    ran(unguarded());
  }

  @Test
  void underTheClassLoaderInATwiceGuardedProgram() {
    List<String> agent = List.of(ChildJvm.agent(folder, "mode=replace"));
    String launcher = GuardLauncher.class.getName();

    ran(study(agent, launcher, "--mode=observe", PROGRAM, ledger()));
    wasThere(study(agent, launcher, "--mode=observe", PROGRAM, ledger()));
    wasThere(byAgent("mode=replace"));
  }
}
