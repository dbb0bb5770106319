package dev.stet.guard;

import static java.util.Objects.requireNonNull;

import dev.stet.spi.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A look at a class path before anything runs: which jars and folders have call sites of unseeded generators, clocks that
 * become seeds and other sources of what is not a trial's own, and where.
 *
 * <pre>{@code
 * Scan scan = Scan.of(Path.of("lib/weka-stable-3.8.6.jar"), Path.of("target/classes"));
 * System.out.println(scan.explain());
 * }</pre>
 *
 * <p>or, for the class path that it is started with, {@code java -cp ... dev.stet.guard.Scan}.
 *
 * <p>It reads what the guard reads when classes are loaded, and loads none. A call site is no proof that it is ever reached;
 * and what the guard does not see at call sites, such as reflection, no scan sees.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Scan {
  private final List<Place> places;

  private Scan(List<Place> places) {
    this.places = places;
  }

  /**
   * What one jar or folder holds.
   *
   * @param path the jar or folder
   * @param classes how many classes it has
   * @param unread how many of them could not be read: broken, or of a newer format than is known
   * @param findings its call sites, worst first, each with the number of times it stands on its line
   * @param limits what of it was not looked at, such as jars inside of it, in words; empty if all was
   */
  public record Place(
      Path path, int classes, int unread, List<Finding> findings, List<String> limits) {
    /**
     * Copies the lists.
     *
     * @param path the jar or folder
     * @param classes how many classes it has
     * @param unread how many of them could not be read
     * @param findings its call sites
     * @param limits what of it was not looked at
     */
    public Place {
      requireNonNull(path, "path");
      findings = List.copyOf(findings);
      limits = List.copyOf(limits);
    }

    /**
     * Counts call sites.
     *
     * @param certainty how sure it is that a use changes results
     * @return how many there are
     */
    public long count(Finding.Certainty certainty) {
      return findings.stream()
          .filter(finding -> finding.certainty() == certainty)
          .mapToLong(Finding::count)
          .sum();
    }
  }

  /**
   * Scans jars and class folders.
   *
   * @param places which
   * @return what was found
   * @throws IllegalArgumentException if one is not there, or is neither a jar nor a folder
   */
  public static Scan of(Path... places) {
    List<Path> wanted = List.of(places);
    for (Path place : wanted) {
      if (!Files.exists(place)) {
        throw new IllegalArgumentException(
            "there is no " + place + " to scan. Give jars and folders of classes.");
      }
    }
    List<Place> all = new ArrayList<>();
    for (Path place : wanted) {
      try {
        all.add(ScannedPlace.of(place));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "cannot scan " + place + ": " + e.getMessage() + ". Give jars and folders of classes.",
            e);
      }
    }
    return sorted(all);
  }

  /**
   * Scans the class path of this JVM and what its jars name as theirs, but for what is Stet's own. Entries that are not there
   * are passed over, as by the JVM; of one that cannot be read the limits say so.
   *
   * @return what was found
   */
  public static Scan ofClassPath() {
    List<Place> all = new ArrayList<>();
    for (Path place : ClassPathEntries.of(System.getProperty("java.class.path", ""))) {
      if (!Transformer.isOurPlace(place.toUri().toString())) {
        try {
          all.add(ScannedPlace.of(place));
        } catch (IOException e) {
          all.add(ScannedPlace.unreadable(place, e));
        }
      }
    }
    return sorted(all);
  }

  private static Scan sorted(List<Place> all) {
    all.sort(Comparator.comparingLong((Place place) -> place.count(Finding.Certainty.DEFECT))
        .thenComparingLong(place -> place.count(Finding.Certainty.RISK))
        .reversed());
    return new Scan(List.copyOf(all));
  }

  /**
   * Returns what was scanned.
   *
   * @return jars and folders: those with most defects first, then those with most risks, then as they were given
   */
  public List<Place> places() {
    return places;
  }

  /**
   * Tells of the places with defects and risks, the worst first, at most twenty call sites each.
   *
   * @return a page of text
   */
  public String explain() {
    return ScanPage.of(places, 20);
  }

  /**
   * Prints {@link #explain()} of jars and folders; all call sites after {@code --all}.
   *
   * @param arguments jars and folders; none for the class path
   */
  public static void main(String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    boolean all = words.remove("--all");
    Scan scan =
        words.isEmpty() ? ofClassPath() : of(words.stream().map(Path::of).toArray(Path[]::new));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(ScanPage.of(scan.places, all ? Integer.MAX_VALUE : 20));
  }

  /** Returns the numbers in short. */
  @Override
  public String toString() {
    return ScanPage.head(places);
  }
}
