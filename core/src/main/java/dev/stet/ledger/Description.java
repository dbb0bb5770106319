package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** The file that says that a directory is a ledger, and of which format. */
final class Description {
  static final int FORMAT = 1;
  private static final String NAME = "stet-ledger";

  private Description() {}

  /** Refuses a ledger of a newer format and a path that can be none; makes one of any other. */
  static void require(Layout layout, Disk disk) {
    Path directory = layout.directory();
    Path there = directory;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      throw new LedgerException("a ledger is a directory, and " + there + " is a file"
          + (there.equals(directory) ? "" : ", so " + directory + " cannot be one")
          + ". Give a directory, which need not exist yet.");
    }
    try {
      requireFormat(layout, Files.readString(layout.description()));
    } catch (NoSuchFileException e) {
      create(layout, disk);
    } catch (IOException e) {
      throw new LedgerException(
          "cannot read " + layout.description() + ": " + e + ". Check the rights to read it.", e);
    }
  }

  private static void create(Layout layout, Disk disk) {
    if (Files.isDirectory(layout.segments()) && !Files.isWritable(layout.directory())) {
      return;
    }
    String text = "{\"format\":\"" + NAME + "\",\"version\":" + FORMAT + "}\n";
    try {
      disk.createDirectories(layout.directory());
      disk.writeWhole(
          layout.description(),
          Layout.temporary(layout.description()),
          text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new LedgerException(
          "cannot make a ledger of " + layout.directory() + ": " + e
              + ". Check the rights to write there and the room on the disk.",
          e);
    }
  }

  private static void requireFormat(Layout layout, String text) {
    Object version = version(layout, text);
    if (version instanceof Integer number && number >= 1 && number <= FORMAT) {
      return;
    }
    if (version instanceof Integer number && number > FORMAT) {
      throw new LedgerException("the ledger " + layout.directory() + " has format " + number
          + ", and this version of Stet reads formats up to " + FORMAT
          + ". Open it with the version that wrote it, or a newer one; nothing was changed.");
    }
    throw noLedger(layout, "its \"version\" is " + version);
  }

  private static Object version(Layout layout, String text) {
    try {
      if (CanonicalForm.parse(text).value() instanceof Map<?, ?> map
          && NAME.equals(map.get("format"))) {
        return String.valueOf(map.get("version")).matches("[0-9]{1,9}")
            ? Integer.parseInt(String.valueOf(map.get("version")))
            : String.valueOf(map.get("version"));
      }
    } catch (IllegalArgumentException notJson) {
      throw noLedger(layout, String.valueOf(notJson.getMessage()));
    }
    throw noLedger(layout, "its \"format\" is not \"" + NAME + "\"");
  }

  private static LedgerException noLedger(Layout layout, String why) {
    return new LedgerException(layout.description() + " does not describe a ledger: " + why
        + " Give the directory of a ledger; if this is one, restore the file, which holds {\"format\":\""
        + NAME
        + "\",\"version\":" + FORMAT + "}.");
  }
}
