package dev.stet.guard;

import dev.stet.spi.Finding.Kind;

/**
 * One call site that was rewritten.
 *
 * @param id its number in this JVM, which depends on the order in which classes were loaded; never used to derive
 * @param key what it is called by: class, method, API and how many of the same came before it in the method
 * @param className the binary name of the class
 * @param method the method
 * @param file the source file; empty if unknown
 * @param line the line; 0 if unknown
 * @param kind what a finding here is called
 * @param api what was called
 * @param remedy what to do about it
 * @param replaced when a use here is replaced
 * @param told whether uses are findings
 */
record Site(
    int id,
    String key,
    String className,
    String method,
    String file,
    int line,
    Kind kind,
    String api,
    String remedy,
    Rule.Replaced replaced,
    boolean told) {
  static Site of(
      int id,
      String key,
      String className,
      String method,
      String file,
      int line,
      Rule rule,
      boolean told) {
    return new Site(
        id,
        key,
        className,
        method,
        file,
        line,
        rule.kind(),
        rule.api(),
        rule.remedy(),
        rule.when(),
        told);
  }
}
