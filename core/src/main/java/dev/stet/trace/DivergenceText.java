package dev.stet.trace;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays out the two sides of a divergence under each other. */
final class DivergenceText {
  private static final String FIRST = "first run  ";
  private static final String RERUN = "rerun      ";
  private static final String APART = "apart      ";

  private DivergenceText() {}

  static String block(
      Divergence.Kind kind, @Nullable Item first, @Nullable Item rerun, StreamCounts streams) {
    if (kind == Divergence.Kind.DRAWS) {
      return streams.apart().stream().map(streams::difference).collect(Collectors.joining("\n"));
    }
    if (first != null && rerun != null && kind == Divergence.Kind.VALUE) {
      return values(first, rerun);
    }
    if (first != null && rerun != null && kind == Divergence.Kind.DIGEST) {
      return lines(first.title(), first.digest(), rerun.digest());
    }
    return lines("here", described(first), described(rerun));
  }

  private static String values(Item first, Item rerun) {
    String one = Numbers.decimal(Double.longBitsToDouble(first.bits()));
    String other = Numbers.decimal(Double.longBitsToDouble(rerun.bits()));
    int width = Math.max(one.length(), other.length());
    return lines(
            first.title(),
            padded(one, width) + Numbers.hexadecimal(first.bits()),
            padded(other, width) + Numbers.hexadecimal(rerun.bits()))
        + "\n  " + APART + Numbers.apart(first.bits(), rerun.bits());
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }

  private static String lines(String title, String first, String rerun) {
    return title + "\n  " + FIRST + first + "\n  " + RERUN + rerun;
  }

  private static String described(@Nullable Item item) {
    if (item == null) {
      return "recorded nothing more";
    }
    return item.channel().isMetric()
        ? item.title() + ": " + Numbers.decimal(Double.longBitsToDouble(item.bits()))
        : item.title();
  }
}
