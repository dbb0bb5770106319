package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A part of a fingerprint: one kind of thing that determines a run.
 *
 * <p>The first five are the <em>recipe</em>, what the author of an experiment decides. The others are the
 * <em>environment</em>, what the recipe is executed in. The order of the constants is the order in which
 * fingerprints print them; it is no part of any digest.
 *
 * <p>Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public enum Facet {
  /** The name of the experiment and the values its body captured. */
  EXPERIMENT(true),
  /** The classes that the body reaches. */
  CODE(true),
  /** The settings the body was given. */
  CONFIG(true),
  /** The root of all randomness. */
  SEED(true),
  /** The declared inputs, by content. */
  DATA(true),
  /** The libraries that the body reaches, by coordinates and content. */
  DEPENDENCIES(false),
  /** The Java virtual machine and its options. */
  RUNTIME(false),
  /** Processors, vector width, memory limits, GPU. */
  HARDWARE(false),
  /** Locale, time zone, charset, chosen system properties and environment variables. */
  SETTINGS(false),
  /** The commit of the source and what was not committed. */
  SOURCE(false);

  private final boolean recipe;

  Facet(boolean recipe) {
    this.recipe = recipe;
  }

  /**
   * Returns the name of this facet in files, messages and digests.
   *
   * @return the lower-case name, such as {@code config}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns whether this facet belongs to the recipe.
   *
   * @return true for the recipe, false for the environment
   */
  public boolean isRecipe() {
    return recipe;
  }

  /**
   * Returns the facet with a label.
   *
   * @param label a lower-case name, as {@link #label()} gives it
   * @return the facet
   * @throws IllegalArgumentException if no facet has this label
   */
  public static Facet parse(String label) {
    requireNonNull(label, "label");
    for (Facet facet : values()) {
      if (facet.label().equals(label)) {
        return facet;
      }
    }
    throw new IllegalArgumentException("There is no facet '" + label
        + "'. The facets are experiment, code, config, seed, data, dependencies, runtime, hardware, settings and"
        + " source.");
  }
}
