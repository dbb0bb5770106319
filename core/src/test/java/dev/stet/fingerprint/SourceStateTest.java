package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceStateTest {
  private static final Command SYSTEM = Command.ofSystem(Duration.ofSeconds(20), 1 << 20);

  @TempDir
  Path folder;

  private Path repository = Path.of("");

  @BeforeEach
  void makeRepository() throws Exception {
    repository = Files.createDirectory(folder.resolve("repository"));
    git("init", "-q");
  }

  private void git(String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("git", "-c", "user.name=n", "-c", "user.email=e@example.org"));
    line.addAll(List.of(arguments));
    Command.Outcome outcome = SYSTEM.run(repository, line);
    assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
  }

  private void commit() throws Exception {
    Files.writeString(repository.resolve("a.txt"), "one\n");
    git("add", ".");
    git("commit", "-q", "-m", "first");
  }

  private Map<String, Object> tree() {
    return new SourceState(SYSTEM, repository).tree();
  }

  @Test
  void holdsTheCommitOfACleanTree() throws Exception {
    commit();

    assertThat(tree()).containsEntry("dirty", false).containsOnlyKeys("commit", "dirty");
    assertThat((String) tree().get("commit")).matches("[0-9a-f]{40}");
  }

  @Test
  void tellsTwoChangesApartAndNotWhetherTheyAreStaged() throws Exception {
    commit();
    Files.writeString(repository.resolve("a.txt"), "two\n");
    Map<String, Object> changed = tree();
    git("add", ".");

    assertThat(tree()).isEqualTo(changed).containsEntry("dirty", true).containsKey("change");
    Files.writeString(repository.resolve("a.txt"), "three\n");
    assertThat(tree()).isNotEqualTo(changed);
    Files.writeString(repository.resolve("a.txt"), "one\n");
    assertThat(tree()).containsEntry("dirty", false);
  }

  @Test
  void readsFilesThatGitDoesNotTrackUnlessIgnored() throws Exception {
    commit();
    Files.writeString(repository.resolve("new.txt"), "1");
    Map<String, Object> first = tree();
    Files.writeString(repository.resolve("new.txt"), "2");

    assertThat(tree()).isNotEqualTo(first).containsEntry("dirty", true);
    Files.writeString(repository.resolve(".git/info/exclude"), "new.txt\n");
    assertThat(tree()).containsEntry("dirty", false);
  }

  @Test
  void saysTheSameBelowTheTop() throws Exception {
    commit();
    Files.createDirectories(repository.resolve("sub"));
    Files.writeString(repository.resolve("sub/new.txt"), "1");
    Files.writeString(repository.resolve("new.txt"), "1");

    assertThat(new SourceState(SYSTEM, repository.resolve("sub")).tree()).isEqualTo(tree());
  }

  @Test
  void saysThatThereIsNoCommit() throws Exception {
    Files.writeString(repository.resolve("a.txt"), "one\n");
    Map<String, Object> first = tree();

    assertThat(first)
        .containsEntry("commit", new NotCaptured("the repository has no commit"))
        .containsEntry("dirty", true);
    Files.writeString(repository.resolve("a.txt"), "two\n");
    assertThat(tree()).isNotEqualTo(first);
  }

  @Test
  void saysThatThereIsNoRepository() {
    assertThat(new SourceState(SYSTEM, folder).tree())
        .isEqualTo(
            Map.of("commit", new NotCaptured("the working directory is not in a git repository")));
  }

  @Test
  void saysThatGitIsMissingOrLate() {
    for (String reason : List.of("git is not installed", "git did not answer within 5.0 s")) {
      assertThat(new SourceState((where, line) -> Command.Outcome.failed(reason), folder).tree())
          .isEqualTo(Map.of("commit", new NotCaptured(reason)));
    }
  }

  @Test
  void saysThatTheChangeIsTooLarge() throws Exception {
    commit();
    Files.writeString(repository.resolve("a.txt"), "x\n".repeat(1000));
    Command small = Command.ofSystem(Duration.ofSeconds(20), 500);

    assertThat(new SourceState(small, repository).tree())
        .containsEntry("change", new NotCaptured("git wrote more than 500 bytes"));
  }
}
