package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** That the config of a line has a value. Configs stand in canonical form, so that bytes are compared. */
final class ConfigCondition {
  private final byte[] whole;
  private final List<byte[]> path = new ArrayList<>();
  private final byte[] json;

  ConfigCondition(String name, CanonicalForm value) {
    this.whole = Line.encoded(name);
    for (String part : name.split("\\.", -1)) {
      path.add(Line.encoded(part));
    }
    this.json = value.bytes();
  }

  boolean holds(Line line) {
    byte[] found = line.nested(Line.Member.CONFIG, whole);
    if (found == null && path.size() > 1) {
      found = line.nested(Line.Member.CONFIG, path.toArray(byte[][]::new));
    }
    return found != null && Arrays.equals(found, json);
  }

  @Override
  public String toString() {
    return new String(whole, StandardCharsets.UTF_8) + " is "
        + new String(json, StandardCharsets.UTF_8);
  }
}
