package dev.stet.seeds;

import java.util.HexFormat;

/**
 * The state of a stream in words: the algorithm, the version, the words in hexadecimal and the draws, with
 * colons between. About a hundred characters of ASCII, without blanks.
 */
final class StreamState {
  private static final String VERSION = "v1";
  private static final int XOSHIRO_WORDS = 4;
  private static final int PHILOX_WORDS = 6;

  private StreamState() {}

  static String write(String algorithm, long draws, long... words) {
    StringBuilder out = new StringBuilder(128).append(algorithm).append(':').append(VERSION);
    for (long word : words) {
      out.append(':').append(HexFormat.of().toHexDigits(word));
    }
    return out.append(':').append(draws).toString();
  }

  static RandomStream read(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length < 2 || !parts[1].equals(VERSION)) {
      throw malformed(text, "it does not begin with an algorithm and v1");
    }
    return switch (parts[0]) {
      case XoshiroStream.NAME -> xoshiro(text, parts);
      case AddressableStream.NAME -> philox(text, parts);
      default ->
        throw malformed(
            text, "the algorithm is not " + XoshiroStream.NAME + " or " + AddressableStream.NAME);
    };
  }

  private static RandomStream xoshiro(String text, String[] parts) {
    long[] w = words(text, parts, XOSHIRO_WORDS);
    if ((w[0] | w[1] | w[2] | w[3]) == 0) {
      throw malformed(text, "four words of zero are no state of " + XoshiroStream.NAME);
    }
    return new XoshiroStream(w[0], w[1], w[2], w[3], draws(text, parts));
  }

  private static RandomStream philox(String text, String[] parts) {
    long[] w = words(text, parts, PHILOX_WORDS);
    if (w[5] < 0) {
      throw malformed(text, "a position is less than 2^63");
    }
    return new AddressableStream(w[0], w[1], w[2], w[3], w[4], w[5], draws(text, parts));
  }

  private static long[] words(String text, String[] parts, int count) {
    if (parts.length != count + 3) {
      throw malformed(text, parts[0] + " has " + count + " words and a count of draws");
    }
    long[] words = new long[count];
    for (int i = 0; i < count; i++) {
      words[i] = word(text, parts[i + 2]);
    }
    return words;
  }

  private static long word(String text, String digits) {
    if (digits.length() != 16 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw malformed(text, "a word has 16 hexadecimal digits, \"" + digits + "\" has not");
    }
    return HexFormat.fromHexDigitsToLong(digits);
  }

  private static long draws(String text, String[] parts) {
    String draws = parts[parts.length - 1];
    if (draws.isEmpty()
        || draws.length() > 18
        || !draws.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed(text, "the count of draws is a whole number, \"" + draws + "\" is not");
    }
    return Long.parseLong(draws);
  }

  private static IllegalArgumentException malformed(String text, String why) {
    return new IllegalArgumentException("not the state of a stream: " + SeedText.quote(text) + "; "
        + why + ". Give what RandomStream.state() returned, unchanged.");
  }
}
