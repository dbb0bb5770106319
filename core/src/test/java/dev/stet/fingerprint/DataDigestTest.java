package dev.stet.fingerprint;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.fingerprint.DataDigest.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDigestTest {
  /** printf abc | sha256sum; FIPS 180-4, example of SHA-256. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  /** sha256sum of nothing. */
  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir
  Path folder;

  private Path folderWith(String name, String text) throws IOException {
    write(name, text);
    return folder.resolve(Path.of(name).getName(0));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    return Files.writeString(file, text);
  }

  @Nested
  class OfAFile {
    @Test
    void isWhatSha256sumPrints() throws IOException {
      assertThat(DataDigest.of("abc", write("abc", "abc")).tree())
          .isEqualTo(Map.of("sha256", ABC, "bytes", 3L));
      assertThat(DataDigest.of("none", write("none", "")))
          .isEqualTo(new DataDigest("none", NOTHING, 0));
    }

    @Test
    void followsALink() throws IOException {
      Path link = Files.createSymbolicLink(folder.resolve("link"), write("abc", "abc"));

      assertThat(DataDigest.of("abc", link).sha256()).isEqualTo(ABC);
    }

    @Test
    void isReadAgainOnlyWhenItLooksChangedOrIsAskedFor() throws IOException {
      Path file = write("data", "abc");
      DataDigest.of("data", file);
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, "abd");
      Files.setLastModifiedTime(file, time);

      assertThat(DataDigest.of("data", file).sha256()).isEqualTo(ABC);
      assertThat(DataDigest.of("data", file, Reading.ALWAYS).sha256()).isNotEqualTo(ABC);
      Files.writeString(file, "abcd");
      assertThat(DataDigest.of("data", file).bytes()).isEqualTo(4);
    }
  }

  /** Prints the digest of a file that is much larger than its heap. */
  static final class LargerThanTheHeap {
    private LargerThanTheHeap() {}

    public static void main(String[] arguments) {
      System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
      System.out.println(DataDigest.of("large", Path.of(arguments[0])));
    }
  }

  @Nested
  class OfALargeFile {
    private Path sparse(long bytes) throws IOException {
      Path file = folder.resolve("sparse");
      try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, SPARSE, WRITE)) {
        channel.position(bytes - 1).write(ByteBuffer.wrap(new byte[1]));
      }
      return file;
    }

    @Test
    void takesNoMoreMemoryThanThatOfASmallOne() throws Exception {
      Path output = folder.resolve("output.txt");
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx16m",
              "-cp",
              System.getProperty("java.class.path"),
              LargerThanTheHeap.class.getName(),
              sparse(256L << 20).toString())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

      // head -c 268435456 /dev/zero | sha256sum
      assertThat(output)
          .hasContent(
              "heap 16 MiB\nDataDigest[name=large,"
                  + " sha256=a6d72ac7690f53be6ae46ba88506bd97302a093f7108472bd9efc3cefda06484, bytes=268435456]");
    }

    @Test
    void countsTenGigabytesInFull() throws Exception {
      Path file = sparse(10L << 30);
      // Its content is not read here: the digest is put into the cache.
      DataDigest.digest(file, Reading.CACHED, path -> ABC);

      assertThat(DataDigest.of("large", file)).isEqualTo(new DataDigest("large", ABC, 10L << 30));
    }
  }

  @Nested
  class OfAFolder {
    @Test
    void isThatOfItsManifest() throws IOException {
      Path data = folderWith("data/b/abc", "abc");
      write("data/a", "");
      // printf '%s  a\n%s  b/abc\n' <sha256 of nothing> <sha256 of abc> | sha256sum
      Path manifest = write("manifest", NOTHING + "  a\n" + ABC + "  b/abc\n");

      assertThat(DataDigest.of("data", data))
          .isEqualTo(new DataDigest("data", DataDigest.of("m", manifest).sha256(), 3));
    }

    @Test
    void isDefinedWhenEmpty() throws IOException {
      assertThat(DataDigest.of("empty", Files.createDirectory(folder.resolve("empty"))))
          .isEqualTo(new DataDigest("empty", NOTHING, 0));
    }

    @Test
    void changesWithANameAndNotWithThePlace() throws IOException {
      Path first = folderWith("one/x", "abc");
      Path second = folderWith("two/x", "abc");
      Path third = folderWith("three/y", "abc");

      assertThat(DataDigest.of("d", first))
          .isEqualTo(DataDigest.of("d", second))
          .isNotEqualTo(DataDigest.of("d", third));
    }

    @Test
    void refusesALinkThatLeadsBack() throws IOException {
      Path data = folderWith("loop/x", "abc");
      Files.createSymbolicLink(data.resolve("back"), data);

      assertThatThrownBy(() -> DataDigest.of("loop", data))
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseInstanceOf(java.nio.file.FileSystemLoopException.class)
          .hasMessageContaining("a symbolic link leads back to a folder around it");
    }

    @Test
    void namesALinkInItThatLeadsNowhere() throws IOException {
      Path data = folderWith("broken/x", "abc");
      Path link = Files.createSymbolicLink(data.resolve("link"), Path.of("nowhere"));

      assertThatThrownBy(() -> DataDigest.of("train", data))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("data \"train\" at " + data + " cannot be read: there is no file at " + link
              + ". It is gone, or is a symbolic link that leads nowhere: remove or mend it.");
    }
  }

  @Nested
  class Refuses {
    @Test
    void dataThatIsNotThere() {
      Path missing = folder.resolve("missing.csv");

      assertThatThrownBy(() -> DataDigest.of("digits", missing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("data \"digits\" must be a file or a folder that exists; there is none at "
              + missing + ". Check the path and the working directory.");
    }

    @Test
    void aBlankName() {
      assertThatThrownBy(() -> DataDigest.of(" ", folder))
          .hasMessage("name must not be blank. Give the data a name, such as \"digits\".");
    }

    @Test
    void aFileThatChangesWhileItIsRead() throws IOException {
      Path file = write("growing", "abc");

      assertThatThrownBy(() -> DataDigest.digest(file, Reading.ALWAYS, path -> {
            Files.writeString(path, "abcd");
            return DataDigest.sha256(path);
          }))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "it changed while it was read: " + file + ". Read it when nothing writes to it.");
    }

    @Test
    void aDeviceThatHasNoEnd() {
      assertThatThrownBy(() -> DataDigest.of("zeros", Path.of("/dev/zero")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("data \"zeros\" at /dev/zero cannot be read: /dev/zero is neither a file nor"
              + " a folder. Give data that ends, not a pipe or a device.");
    }
  }
}
