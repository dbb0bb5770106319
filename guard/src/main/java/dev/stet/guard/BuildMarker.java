package dev.stet.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * What a folder or jar says of itself after {@link GuardBuild}. It is how a JVM knows that classes on its class path are
 * rewritten.
 *
 * @param switches how its classes were rewritten
 * @param rewritten how many of them
 * @param newer how many were left alone because their version is not known
 * @param failed how many could not be rewritten
 */
record BuildMarker(Rewriter.Switches switches, int rewritten, int newer, int failed) {
  static final String PATH = "META-INF/stet-guard.properties";
  static final String CARRIER = "build time";
  private static final String FORMAT = "1";

  /** Returns the markers that a loader finds. */
  static List<BuildMarker> all(ClassLoader loader) throws IOException {
    List<BuildMarker> all = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources(PATH))) {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        all.add(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), url.toString()));
      }
    }
    return all;
  }

  /**
   * Reads a marker.
   *
   * @param place where it was, for messages
   * @throws IOException if it is none
   */
  static BuildMarker parse(String text, String place) throws IOException {
    Properties read = new Properties();
    read.load(new StringReader(text));
    if (!FORMAT.equals(read.getProperty("format"))) {
      throw new IOException(place + " is of format " + read.getProperty("format")
          + ", and this version of the guard knows " + FORMAT
          + ". Rewrite the classes with the version that they run with.");
    }
    try {
      return new BuildMarker(
          new Rewriter.Switches(
              Boolean.parseBoolean(read.getProperty("strict")),
              Boolean.parseBoolean(read.getProperty("linked"))),
          Integer.parseInt(read.getProperty("rewritten")),
          Integer.parseInt(read.getProperty("newer")),
          Integer.parseInt(read.getProperty("failed")));
    } catch (NumberFormatException e) {
      throw new IOException(place + " is damaged. Compile and rewrite the classes anew.", e);
    }
  }

  /**
   * Makes the carrier of the classes that markers tell of.
   *
   * @param text options, as in {@link GuardOptions#parse}
   * @throws IllegalArgumentException if there is no such option, or one is for the rewriting and was not given there
   */
  static Guard.Carrier carrier(List<BuildMarker> markers, String text) {
    boolean strict = markers.stream().anyMatch(marker -> marker.switches.strict());
    boolean linked = markers.stream().anyMatch(marker -> marker.switches.linked());
    Rewriter.Switches any = new Rewriter.Switches(strict, linked);
    GuardOptions asked = GuardOptions.parse(text);
    require(asked.rewriting().strict(), strict, "strict");
    require(asked.rewriting().linked(), linked, "linked");
    Transformer counts = new Transformer(any);
    for (BuildMarker marker : markers) {
      counts.rewritten.addAndGet(marker.rewritten);
      counts.newer.addAndGet(marker.newer);
      counts.failed.addAndGet(marker.failed);
    }
    List<String> limits = new ArrayList<>();
    limits.add(
        "Classes of folders and jars that were not rewritten before the program ran are not seen.");
    if (markers.stream().anyMatch(marker -> !marker.switches.equals(any))) {
      limits.add("Not all classes were rewritten with the same switches.");
    }
    return new Guard.Carrier(CARRIER, asked.rewrittenWith(any), counts, limits);
  }

  private static void require(boolean asked, boolean given, String word) {
    if (asked && !given) {
      throw new IllegalArgumentException("the guard was given " + word + " in -D"
          + GuardOptions.PROPERTY + ", but classes were rewritten without it. Rewrite them with"
          + " dev.stet.guard.GuardBuild --" + word + ", or leave the word out.");
    }
  }

  /** The marker as text that {@link #parse} reads: always the same for the same content. */
  String toText() {
    return "# Classes here were rewritten by dev.stet.guard.GuardBuild.\n"
        + "format=" + FORMAT
        + "\nstrict=" + switches.strict()
        + "\nlinked=" + switches.linked()
        + "\nrewritten=" + rewritten
        + "\nnewer=" + newer
        + "\nfailed=" + failed
        + "\n";
  }
}
