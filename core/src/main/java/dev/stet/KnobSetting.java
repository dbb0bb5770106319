package dev.stet;

import dev.stet.fork.JvmChange;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * To what a knob is turned: another value than the recorded one, all else as it was recorded.
 *
 * @param change what a child is told; null if the knob cannot be turned
 * @param words the value, or why it cannot be turned
 * @param folder to be deleted afterwards
 */
record KnobSetting(@Nullable JvmChange change, String words, Optional<Path> folder) {
  private static final Path MEMORY = Path.of("/dev/shm");

  private static KnobSetting of(JvmChange change, String words) {
    return new KnobSetting(change, words, Optional.empty());
  }

  private static KnobSetting none(String reason) {
    return new KnobSetting(null, reason, Optional.empty());
  }

  static KnobSetting of(Knob knob, RecordedEnvironment recorded, Knobs knobs) {
    JvmChange pinned = recorded.pinned();
    return switch (knob) {
      case THREADS -> threads(recorded, pinned);
      case PROCESSORS -> processors(recorded, pinned);
      case LOCALE -> locale(recorded, pinned);
      case TIME_ZONE -> timeZone(recorded, pinned);
      case CHARSET -> charset(recorded, pinned);
      case IDENTITY_HASH -> identityHash(recorded, pinned);
      case GARBAGE_COLLECTOR -> collector(recorded, pinned);
      case CLASS_DATA_SHARING ->
        "false".equals(recorded.option("UseSharedSpaces"))
            ? none("the run had no archive")
            : of(pinned.withOptions(List.of("-Xshare:off")), "off");
      case INTERPRETER ->
        recorded.isInterpreted()
            ? none("the run was interpreted already")
            : of(pinned.withOptions(List.of("-Xint")), "on");
      case LIBM -> libm(recorded, pinned);
      case SALT ->
        none(
            recorded.isGuarded()
                ? "the guard is on, and may hold the salt"
                : "each JVM draws its own, so the plain reruns have");
      case TEMPORARY_DIRECTORY -> temporaryDirectory(pinned);
      case JAVA -> java(pinned, knobs);
    };
  }

  private static KnobSetting threads(RecordedEnvironment recorded, JvmChange pinned) {
    int other = recorded.parallelism() == 7 ? 3 : 7;
    return of(
        pinned.withProperty(RecordedEnvironment.PARALLELISM, Integer.toString(other)),
        instead(other, recorded.parallelism()));
  }

  private static KnobSetting processors(RecordedEnvironment recorded, JvmChange pinned) {
    int other = recorded.processors() >= 16 ? 3 : 16;
    JvmChange change = recorded
        .collector()
        .map(collector -> RecordedEnvironment.withCollector(pinned, collector))
        .orElse(pinned)
        .withOptions(List.of("-XX:ActiveProcessorCount=" + other));
    return of(change, instead(other, recorded.processors()));
  }

  private static String instead(Object now, Object before) {
    return now + " instead of " + before;
  }

  private static KnobSetting locale(RecordedEnvironment recorded, JvmChange pinned) {
    Locale before = recorded.locale("locale");
    boolean turkish = before.getLanguage().equals("tr");
    Locale other = turkish ? Locale.GERMANY : Locale.forLanguageTag("tr-TR");
    return of(
        pinned.withLocale(other), instead(other.toLanguageTag(), before.toLanguageTag()));
  }

  private static KnobSetting timeZone(RecordedEnvironment recorded, JvmChange pinned) {
    String other =
        recorded.timeZone().equals("Pacific/Chatham") ? "Asia/Kolkata" : "Pacific/Chatham";
    return of(
        pinned.withTimeZone(TimeZone.getTimeZone(other)), instead(other, recorded.timeZone()));
  }

  private static KnobSetting charset(RecordedEnvironment recorded, JvmChange pinned) {
    String other = recorded.charset().equals("ISO-8859-1") ? "UTF-8" : "ISO-8859-1";
    return of(pinned.withProperty("file.encoding", other), instead(other, recorded.charset()));
  }

  private static KnobSetting identityHash(RecordedEnvironment recorded, JvmChange pinned) {
    String before = recorded.option("hashCode");
    String other = "0".equals(before) ? "5" : "0";
    return of(
        RecordedEnvironment.with(pinned, "hashCode", other),
        instead("mode " + other, before == null ? "the JVM's own" : before));
  }

  private static KnobSetting collector(RecordedEnvironment recorded, JvmChange pinned) {
    String before = recorded.collector().orElse("");
    String other = before.equals("UseSerialGC") ? "UseParallelGC" : "UseSerialGC";
    return of(
        RecordedEnvironment.withCollector(pinned, other),
        instead(name(other), before.isEmpty() ? "the JVM's own" : name(before)));
  }

  private static String name(String option) {
    return option.substring("Use".length(), option.length() - "GC".length());
  }

  private static KnobSetting libm(RecordedEnvironment recorded, JvmChange pinned) {
    return "false".equals(recorded.option("UseLibmIntrinsic"))
        ? none("the run was in software already")
        : of(RecordedEnvironment.with(pinned, "UseLibmIntrinsic", "false"), "in software");
  }

  private static KnobSetting temporaryDirectory(JvmChange pinned) {
    Path here = Path.of(System.getProperty("java.io.tmpdir", ""));
    try {
      if (!Files.isDirectory(MEMORY) || !Files.isWritable(MEMORY)) {
        return none("this machine has no " + MEMORY + " to write to");
      }
      if (Files.getFileStore(MEMORY).equals(Files.getFileStore(here))) {
        return none("it is in the file system of " + MEMORY + " already");
      }
      Path folder = Files.createTempDirectory(MEMORY, "stet-");
      return new KnobSetting(
          pinned.withProperty("java.io.tmpdir", folder.toString()),
          "in " + MEMORY,
          Optional.of(folder));
    } catch (IOException e) {
      return none("no folder can be made in " + MEMORY + ": " + e.getMessage());
    }
  }

  private static KnobSetting java(JvmChange pinned, Knobs knobs) {
    return knobs
        .otherJava()
        .map(home -> of(pinned.withJava(home), home.toString()))
        .orElseGet(() -> none("none was named, as by Knobs.all().withOtherJava(home)"));
  }

  /** Deletes what a child left in its folder. */
  void cleanUp() {
    folder.ifPresent(root -> {
      try {
        Files.walkFileTree(root, new Deletion());
      } catch (IOException e) {
        // What somebody else holds open stays; the system clears temporary folders itself.
        root.toFile().deleteOnExit();
      }
    });
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
        throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
