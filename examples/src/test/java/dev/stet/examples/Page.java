package dev.stet.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, whose code and output the tests compare with the examples. */
record Page(String text) {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Pattern MACHINE = Pattern.compile(
      "(?m)^(  (?:experiment|code|dependencies|runtime|hardware|settings|source) ).*$|^(fingerprint ).*$"
          + "|^  \\S+ (?:\\S+ )?not captured: .*\n");
  private static final Pattern CHANGES =
      Pattern.compile("  The fingerprints differ in:.*(?:\n  .*)*(?:\n|$)");

  /** A bug of chance gives other numbers each time; the place where it shows is the same. */
  private static final Pattern CHANCE = Pattern.compile("(?m)^(    (?:first run|rerun|apart) ).*$");

  /** Where a line stands changes with every import above it. */
  private static final Pattern LINE = Pattern.compile("(\\(\\w+\\.java):\\d+\\)");

  static Page of(String path) throws IOException {
    return new Page(Files.readString(Path.of("..", path)));
  }

  /** The fenced blocks of a language, in their order. */
  List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      if (block.group(1).equals(language)) {
        blocks.add(block.group(2));
      }
    }
    return blocks;
  }

  /** The files that it links to, as it names them. */
  List<String> links() {
    return LINK.matcher(text).results().map(link -> link.group(1)).toList();
  }

  static String printedBy(Consumer<PrintStream> example) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    example.accept(out);
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  /** What a program prints to {@code System.out}. */
  static String printedBy(Runnable program) {
    PrintStream before = System.out;
    try {
      return printedBy(out -> {
        System.setOut(out);
        program.run();
      });
    } finally {
      System.setOut(before);
    }
  }

  /** Without what belongs to the machine or to chance. */
  static String onAnyMachine(String text) {
    String same = MACHINE.matcher(text).replaceAll("$1$2");
    same = CHANGES.matcher(same).replaceAll("");
    same = LINE.matcher(same).replaceAll("$1)");
    return CHANCE.matcher(same).replaceAll("$1");
  }
}
