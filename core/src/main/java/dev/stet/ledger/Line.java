package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One line whose checksum is right. Its members are found at once and read when somebody asks. Immutable. */
// Members are places in an array: a ledger of a million runs is read line by line.
@SuppressWarnings("EnumOrdinal")
final class Line {
  private static final int CHECK_LENGTH = LineText.CHECK.length() + 8 + 2;

  /** The members that this version knows; others are passed over. */
  @SuppressWarnings("ImmutableEnumChecker") // the bytes are never written
  enum Member {
    V,
    LINE,
    ID,
    EXPERIMENT,
    STUDY,
    STATUS,
    SEED,
    STARTED,
    ENDED,
    SECONDS,
    CONFIG,
    METRICS,
    RECORDS,
    TRACE,
    LINKS,
    RECIPE,
    FINGERPRINT,
    FACETS,
    FAILURE,
    FINDINGS,
    LIMITS,
    REWRITTEN,
    TRACE_FILE,
    TRACE_DATA;

    private final byte[] text = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  private static final byte[] STARTED = quoted("started");
  private static final byte[] ENDED = quoted("ended");
  private static final byte[] FORMAT = {'1'};
  private static final Member[] NEEDED = {Member.LINE, Member.ID, Member.EXPERIMENT, Member.STATUS};
  private static final Member[] MEMBERS = Member.values();

  private final byte[] bytes;
  private RunStatus status = RunStatus.RUNNING;
  private final int[] places = new int[2 * MEMBERS.length];

  private Line(byte[] bytes) {
    this.bytes = bytes;
    Members members = new Members(bytes, 0, bytes.length);
    // Members stand in the order in which this version writes them, in nearly every line.
    int likely = 0;
    while (members.next()) {
      int found = find(members, likely);
      if (found >= 0) {
        places[2 * found] = members.from();
        places[2 * found + 1] = members.to();
        likely = found + 1;
      }
    }
  }

  private static int find(Members members, int likely) {
    for (int i = 0; i < MEMBERS.length; i++) {
      int candidate = (likely + i) % MEMBERS.length;
      if (members.isNamed(MEMBERS[candidate].text)) {
        return candidate;
      }
    }
    return -1;
  }

  /** Whether bytes are one line with the checksum that it says. */
  static boolean isSound(byte[] bytes, int from, int to) {
    int body = to - CHECK_LENGTH;
    if (body <= from || bytes[to - 1] != '}' || bytes[to - 2] != '"' || !isCheck(bytes, body)) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, body - from);
    return matches(bytes, body + LineText.CHECK.length(), (int) crc.getValue());
  }

  private static boolean isCheck(byte[] bytes, int at) {
    for (int i = 0; i < LineText.CHECK.length(); i++) {
      if (bytes[at + i] != LineText.CHECK.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(byte[] bytes, int at, int crc) {
    for (int i = 0; i < 8; i++) {
      if (bytes[at + i] != "0123456789abcdef".charAt(crc >>> (28 - 4 * i) & 15)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a sound line.
   *
   * @throws IllegalArgumentException if it is no line of a run, or of a newer format
   */
  static Line of(byte[] bytes, int from, int to) {
    Line line = new Line(Arrays.copyOfRange(bytes, from, to));
    line.requireFormat();
    for (Member needed : NEEDED) {
      line.requireText(needed);
    }
    if (!line.is(Member.LINE, STARTED) && !line.is(Member.LINE, ENDED)) {
      throw new IllegalArgumentException("its \"line\" is " + line.raw(Member.LINE)
          + ", and this version of Stet knows \"started\" and \"ended\"");
    }
    if (!RunId.isId(line.text(Member.ID))) {
      throw new IllegalArgumentException("its \"id\" is no id of a run");
    }
    line.status = RunStatus.parse(line.text(Member.STATUS));
    return line;
  }

  private void requireFormat() {
    if (is(Member.V, FORMAT)) {
      return;
    }
    String version = has(Member.V) ? raw(Member.V) : "none";
    throw new IllegalArgumentException(
        version.matches("[0-9]{1,9}")
            ? "it has format " + version + ", and this version of Stet reads formats up to "
                + LineText.FORMAT
            : "its \"v\" should be the number of its format; it is " + version);
  }

  private void requireText(Member member) {
    if (!has(member) || bytes[places[2 * member.ordinal()]] != '"') {
      throw new IllegalArgumentException(
          "it has no text \"" + new String(member.text, StandardCharsets.US_ASCII) + "\"");
    }
  }

  boolean has(Member member) {
    return places[2 * member.ordinal() + 1] != 0;
  }

  /** Whether a member is exactly this JSON text. */
  boolean is(Member member, byte[] json) {
    int at = 2 * member.ordinal();
    return Arrays.equals(bytes, places[at], places[at + 1], json, 0, json.length);
  }

  /** The JSON text of a member. */
  String raw(Member member) {
    int from = places[2 * member.ordinal()];
    return new String(bytes, from, places[2 * member.ordinal() + 1] - from, StandardCharsets.UTF_8);
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if the line has no such text
   */
  String text(Member member) {
    requireText(member);
    return unquoted(raw(member));
  }

  Optional<String> optionalText(Member member) {
    return has(member) ? Optional.of(text(member)) : Optional.empty();
  }

  static String unquoted(String json) {
    return json.indexOf('\\') < 0 ? json.substring(1, json.length() - 1) : unescaped(json);
  }

  private static String unescaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escape = json.charAt(++i);
      switch (escape) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) HexFormat.fromHexDigits(json, i + 1, i + 5));
          i += 4;
        }
        default -> text.append(escape);
      }
    }
    return text.toString();
  }

  /** Texts by name, in their order. */
  Map<String, String> texts(Member member) {
    Map<String, String> values = new LinkedHashMap<>();
    if (has(member)) {
      Members members = members(member);
      while (members.next()) {
        values.put(unquoted('"' + members.rawName() + '"'), unquoted(raw(members)));
      }
    }
    return values;
  }

  /** Numbers by name, in their order, without tags. */
  Map<String, Double> numbers(Member member) {
    Map<String, Double> values = new LinkedHashMap<>();
    if (has(member)) {
      Members members = members(member);
      while (members.next()) {
        String name = unquoted('"' + members.rawName() + '"');
        values.put(name.startsWith("$") ? name.substring(1) : name, number(raw(members)));
      }
    }
    return values;
  }

  /** One of the numbers; {@code name} as {@link #encoded(String)} gives it. */
  OptionalDouble number(Member member, byte[] name) {
    if (has(member)) {
      Members members = members(member);
      while (members.next()) {
        if (members.isNamed(name)) {
          return OptionalDouble.of(number(raw(members)));
        }
      }
    }
    return OptionalDouble.empty();
  }

  /** The JSON text of one member of nested objects; names as {@link #encoded(String)} gives them. */
  byte @Nullable [] nested(Member member, byte[]... names) {
    int from = places[2 * member.ordinal()];
    int to = places[2 * member.ordinal() + 1];
    for (byte[] name : names) {
      if (to == 0 || bytes[from] != '{') {
        return null;
      }
      Members members = new Members(bytes, from, to);
      do {
        if (!members.next()) {
          return null;
        }
      } while (!members.isNamed(name));
      from = members.from();
      to = members.to();
    }
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** A name as it stands between its quotes in a line. */
  static byte[] encoded(String name) {
    StringBuilder json = new StringBuilder();
    LineText.quote(json, LineText.escaped(name));
    return json.substring(1, json.length() - 1).getBytes(StandardCharsets.UTF_8);
  }

  /** A text as it stands with its quotes in a line. */
  static byte[] quoted(String text) {
    StringBuilder json = new StringBuilder();
    LineText.quote(json, text);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Members members(Member member) {
    int at = 2 * member.ordinal();
    return new Members(bytes, places[at], places[at + 1]);
  }

  private String raw(Members members) {
    return new String(bytes, members.from(), members.to() - members.from(), StandardCharsets.UTF_8);
  }

  private static double number(String json) {
    if (json.startsWith("{") && CanonicalForm.parse(json).value() instanceof Number number) {
      return number.doubleValue();
    }
    return Double.parseDouble(json);
  }

  /** Whether this line ends its run. */
  boolean isEnd() {
    return is(Member.LINE, ENDED);
  }

  /** How an ended run stands. */
  RunStatus status() {
    return status;
  }

  /** The whole line without its end. */
  byte[] bytes() {
    return bytes;
  }
}
