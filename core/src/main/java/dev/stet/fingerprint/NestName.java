package dev.stet.fingerprint;

import java.util.regex.Pattern;

/** Names that compilers number, and that say nothing: of lambdas, anonymous and local classes. */
final class NestName {
  private static final Pattern NUMBERED = Pattern.compile("\\$(?=\\d)");

  private NestName() {}

  /** Whether a compiler made this method for a lambda: javac, Kotlin and Scala have their patterns. */
  static boolean isLambda(String methodName) {
    return methodName.startsWith("lambda$")
        || methodName.contains("$lambda$")
        || methodName.contains("$anonfun$");
  }

  /** The class name without what follows the first numbered part: {@code x.Host$1} is {@code x.Host}. */
  static String named(String className) {
    // A hidden class is called x.Host$$Lambda/0x7f00; the part after the slash differs from run to
    // run.
    int hidden = className.indexOf("$$Lambda");
    String whole = hidden < 0 ? className : className.substring(0, hidden) + " (a lambda)";
    return NUMBERED.split(whole, 2)[0];
  }
}
