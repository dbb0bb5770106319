package dev.stet.fingerprint;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bare values in a few words, for messages and pages. Never part of a digest. */
final class Words {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int LONGEST = 60;

  private Words() {}

  static String of(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return map.size() == 1 ? "1 entry" : map.size() + " entries";
    }
    if (tree instanceof List<?> list
        && list.stream().anyMatch(item -> item instanceof Map || item instanceof List)) {
      return list.size() == 1 ? "1 element" : list.size() + " elements";
    }
    if (tree instanceof List<?> list) {
      return shortened(list.stream().map(Words::of).collect(Collectors.joining(", ", "[", "]")));
    }
    if (tree instanceof NotCaptured missing) {
      return missing.toString();
    }
    if (tree instanceof String text) {
      return text.isEmpty() ? "\"\"" : shortened(text);
    }
    return Double.valueOf(-0.0).equals(tree) ? "-0.0" : shortened(plainText(tree));
  }

  // The bare number, without its tag.
  private static String plainText(@Nullable Object tree) {
    Object json = Tags.tagged(tree);
    return json instanceof Map<?, ?> tagged
        ? String.valueOf(tagged.get(Tags.NUMBER))
        : JsonText.canonical(json);
  }

  private static String shortened(String text) {
    if (isDigest(text)) {
      return text.substring(0, 8);
    }
    String line = text.replace('\n', ' ').replace('\r', ' ');
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }

  static boolean isDigest(@Nullable Object tree) {
    return tree instanceof String text && DIGEST.matcher(text).matches();
  }
}
