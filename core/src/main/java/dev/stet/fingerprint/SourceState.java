package dev.stet.fingerprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The git repository around a folder: its commit, and a bounded digest of what is not committed. */
final class SourceState {
  private static final long LARGEST_UNTRACKED = 64L << 20;

  private final Command command;
  private final @Nullable Path folder;

  SourceState(Command command, @Nullable Path folder) {
    this.command = command;
    this.folder = folder;
  }

  Map<String, Object> tree() {
    Command.Outcome inside = git("rev-parse", "--show-toplevel");
    if (inside.failure().isPresent()) {
      return Map.of("commit", new NotCaptured(inside.failure().get()));
    }
    if (!inside.succeeded()) {
      return Map.of("commit", new NotCaptured("the working directory is not in a git repository"));
    }
    Path top = Path.of(inside.text());
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("commit", commit());
    tree.putAll(change(top, !(tree.get("commit") instanceof NotCaptured)));
    return Collections.unmodifiableMap(tree);
  }

  private Object commit() {
    Command.Outcome head = git("rev-parse", "--verify", "--quiet", "HEAD");
    if (head.failure().isPresent()) {
      return new NotCaptured(head.failure().get());
    }
    return head.succeeded() ? head.text() : new NotCaptured("the repository has no commit");
  }

  private Map<String, Object> change(Path top, boolean hasCommit) {
    // The work tree against the last commit, so that staging a change does not make another one of
    // it.
    Command.Outcome diff = hasCommit
        ? git(
            "diff",
            "HEAD",
            "--binary",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--full-index")
        : new Command.Outcome("", 0, java.util.Optional.empty());
    Command.Outcome untracked = git(
        "-C",
        top.toString(),
        "ls-files",
        "-z",
        "--others",
        hasCommit ? "--exclude-standard" : "--cached",
        "--exclude-standard");
    if (!diff.succeeded() || !untracked.succeeded()) {
      NotCaptured why = lost(diff.succeeded() ? untracked : diff);
      return Map.of("dirty", why, "change", why);
    }
    if (diff.bytes().isEmpty() && untracked.bytes().isEmpty()) {
      return Map.of("dirty", false);
    }
    return Map.of("dirty", true, "change", digest(top, diff.bytes(), untracked.decoded()));
  }

  private static NotCaptured lost(Command.Outcome outcome) {
    return new NotCaptured(outcome.failure().orElse("git failed with exit code " + outcome.exit()));
  }

  private static Object digest(Path top, String diff, String untracked) {
    String[] names = untracked.split("\0");
    Arrays.sort(names);
    FramedDigest out = new FramedDigest().text(diff);
    long left = LARGEST_UNTRACKED;
    try {
      for (String name : names) {
        Path file = top.resolve(name);
        if (name.isEmpty() || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          continue;
        }
        if (Files.isSymbolicLink(file)) {
          out.text(name).text("link").text(Files.readSymbolicLink(file).toString());
        } else if (Files.isRegularFile(file)) {
          left -= Files.size(file);
          if (left < 0) {
            return new NotCaptured("files that git does not track hold more than "
                + (LARGEST_UNTRACKED >> 20) + " MiB; add them to .gitignore or commit them");
          }
          out.text(name).text("file").text(DataDigest.sha256(file));
        }
      }
    } catch (IOException e) {
      return new NotCaptured("a file that git does not track cannot be read");
    }
    return out.hex();
  }

  private Command.Outcome git(String... arguments) {
    java.util.ArrayList<String> line = new java.util.ArrayList<>(List.of("git"));
    line.addAll(Arrays.asList(arguments));
    return command.run(folder, line);
  }
}
