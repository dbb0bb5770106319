package dev.stet.replication;

import java.util.Locale;

/** Text and numbers for LaTeX, with nothing but its kernel. */
final class LatexText {
  private static final String SPECIAL = "\\&%$#_{}~^<>|\"";
  private static final String[] WRITTEN = {
    "\\textbackslash{}",
    "\\&",
    "\\%",
    "\\$",
    "\\#",
    "\\_",
    "\\{",
    "\\}",
    "\\textasciitilde{}",
    "\\textasciicircum{}",
    "\\textless{}",
    "\\textgreater{}",
    "\\textbar{}",
    "''"
  };

  private LatexText() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      int special = SPECIAL.indexOf(text.charAt(i));
      escaped.append(special < 0 ? String.valueOf(text.charAt(i)) : WRITTEN[special]);
    }
    return escaped.toString();
  }

  /** A number as {@link Decimals} writes it, in maths for its minus, its power of ten and its infinity. */
  static String number(String decimal) {
    if (decimal.equals("none")) {
      return "--";
    }
    int e = decimal.toLowerCase(Locale.ROOT).indexOf('e');
    String maths = decimal.replace("infinity", "\\infty");
    if (e > 0 && Character.isDigit(decimal.charAt(e - 1))) {
      maths = decimal.substring(0, e) + " \\times 10^{"
          + Integer.parseInt(decimal.substring(e + 1).replace("+", "")) + "}";
    }
    return "$" + maths + "$";
  }

  static String row(Iterable<String> cells) {
    return String.join(" & ", cells) + " \\\\";
  }
}
