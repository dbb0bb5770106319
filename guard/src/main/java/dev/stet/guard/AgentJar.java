package dev.stet.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar that only names the agent, for JVMs on whose class path its classes are. The same bytes whenever it is written. */
final class AgentJar {
  private AgentJar() {}

  /** One for the JVMs that this one starts; it lasts as long as this one. */
  private static final class ForChildren {
    static final Path JAR = written();

    private static Path written() {
      try {
        Path folder = Files.createTempDirectory("stet-guard");
        Path jar = folder.resolve("stet-guard-agent.jar");
        write(jar);
        folder.toFile().deleteOnExit(); // what is said last is deleted first
        jar.toFile().deleteOnExit();
        return jar;
      } catch (IOException e) {
        throw new UncheckedIOException(
            "JVMs that this one starts cannot be guarded, because no file can be written to "
                + System.getProperty("java.io.tmpdir"),
            e);
      }
    }
  }

  static Path forChildren() {
    return ForChildren.JAR;
  }

  static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes of = manifest.getMainAttributes();
    of.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    for (String entry : new String[] {"Premain-Class", "Agent-Class"}) {
      of.put(new Attributes.Name(entry), GuardAgent.class.getName());
    }
    for (String ability : new String[] {"Can-Retransform-Classes", "Can-Redefine-Classes"}) {
      of.put(new Attributes.Name(ability), "true");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    manifest.write(bytes);
    ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry);
      zip.write(bytes.toByteArray());
      zip.closeEntry();
    }
  }
}
