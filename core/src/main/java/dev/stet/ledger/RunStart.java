package dev.stet.ledger;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run before its body runs.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param experiment the name of the experiment, not blank
 * @param study the name of the study that the run is part of, not blank
 * @param seed the seed of the trial
 * @param fingerprint the identity of everything that determines the run
 * @param links the runs on record that this one refers to, by their ids
 * @since 0.1
 */
public record RunStart(
    String experiment,
    Optional<String> study,
    Seed seed,
    Fingerprint fingerprint,
    Map<Link, String> links) {
  /**
   * Refuses nulls and blank names.
   *
   * @param experiment the name of the experiment, not blank
   * @param study the name of the study that the run is part of, not blank
   * @param seed the seed of the trial
   * @param fingerprint the identity of everything that determines the run
   * @param links the runs on record that this one refers to, by their ids
   * @throws IllegalArgumentException if a name or an id is blank
   */
  public RunStart {
    requireName(requireNonNull(experiment, "experiment"), "the name of an experiment");
    requireNonNull(study, "study").ifPresent(name -> requireName(name, "the name of a study"));
    requireNonNull(seed, "seed");
    requireNonNull(fingerprint, "fingerprint");
    Map<Link, String> copy = new EnumMap<>(Link.class);
    copy.putAll(requireNonNull(links, "links"));
    copy.forEach((link, id) -> requireName(id, "the id behind \"" + link.label() + "\""));
    links = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the start of a run that is part of no study and refers to no other.
   *
   * @param experiment the name of the experiment, not blank
   * @param seed the seed of the trial
   * @param fingerprint the identity of everything that determines the run
   * @return the start
   * @throws IllegalArgumentException if the name is blank
   */
  public static RunStart of(String experiment, Seed seed, Fingerprint fingerprint) {
    return new RunStart(experiment, Optional.empty(), seed, fingerprint, Map.of());
  }

  /**
   * Returns this start as part of a study.
   *
   * @param name the name of the study, not blank
   * @return the copy
   * @throws IllegalArgumentException if the name is blank
   */
  public RunStart withStudy(String name) {
    return new RunStart(experiment, Optional.of(name), seed, fingerprint, links);
  }

  /**
   * Returns this start with a link to another run.
   *
   * @param link what this run is to the other
   * @param id the id of the other
   * @return the copy
   * @throws IllegalArgumentException if the id is blank
   */
  public RunStart withLink(Link link, String id) {
    Map<Link, String> more = new EnumMap<>(Link.class);
    more.putAll(links);
    more.put(requireNonNull(link, "link"), requireNonNull(id, "id"));
    return new RunStart(experiment, study, seed, fingerprint, more);
  }

  static void requireName(String name, String what) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          what + " must not be blank; got \"" + name + "\". Give one that a reader will know.");
    }
  }
}
