package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The identity of everything that determines a run, facet by facet.
 *
 * <p>Each facet is a small tree with its own digest; the fingerprint's digest is taken over those. So two fingerprints
 * are compared at once by one digest, and {@link #diff} says in words what changed. Informational values (host, user,
 * process, time) are carried along and never compared.
 *
 * <p>Two fingerprints are equal when their digests are. That is not yet evidence of an equal environment: what could
 * not be captured on either side is unknown, and {@link FingerprintDiff#certainlyEqual()} says so.
 *
 * <p>A fingerprint is written by {@link #toJson()} and read by {@link #parse}; the file and all digests are specified
 * in {@code docs/fingerprint.md}. Immutable and safe for any number of threads.
 *
 * @since 0.1
 */
public final class Fingerprint {
  private final Map<Facet, CanonicalForm> forms;
  private final Map<String, String> informational;
  // Computed twice in a race, with the same outcome.
  private volatile @Nullable String digest;
  private volatile @Nullable String recipe;

  private Fingerprint(Map<Facet, CanonicalForm> forms, Map<String, String> informational) {
    this.forms = forms;
    this.informational = informational;
  }

  /**
   * Returns a fingerprint of facets as they were captured.
   *
   * @param facets the tree of each facet, of such values as {@link CanonicalForm#of(Object)} takes
   * @param informational values to carry along by name, never compared
   * @return the fingerprint
   * @throws IllegalArgumentException if a tree cannot be made canonical; the message names the place
   */
  public static Fingerprint of(
      Map<Facet, Map<String, Object>> facets, Map<String, String> informational) {
    Map<Facet, CanonicalForm> forms = new EnumMap<>(Facet.class);
    requireNonNull(facets, "facets").forEach((facet, tree) -> forms.put(facet, form(facet, tree)));
    return ofForms(forms, informational);
  }

  /**
   * Returns a fingerprint of forms that are at hand.
   *
   * <p>The runs of a study share most of their facets: each {@link CanonicalForm} is then made and digested once.
   *
   * @param forms the form of each facet, a map or a {@link NotCaptured}
   * @param informational values to carry along by name, never compared
   * @return the fingerprint
   * @throws IllegalArgumentException if a form is neither a map nor not captured
   */
  public static Fingerprint ofForms(
      Map<Facet, CanonicalForm> forms, Map<String, String> informational) {
    Map<Facet, CanonicalForm> copy = new EnumMap<>(Facet.class);
    requireNonNull(forms, "forms")
        .forEach((facet, form) -> copy.put(facet, requireTree(facet, form)));
    return new Fingerprint(
        Collections.unmodifiableMap(copy),
        Collections.unmodifiableMap(new TreeMap<>(requireNonNull(informational, "informational"))));
  }

  private static CanonicalForm form(Facet facet, Map<String, Object> tree) {
    return CanonicalForm.of(requireNonNull(tree, facet.label()), facet.label());
  }

  private static CanonicalForm requireTree(Facet facet, CanonicalForm form) {
    if (form.value() instanceof Map || form.value() instanceof NotCaptured) {
      return form;
    }
    throw new IllegalArgumentException(
        "The facet " + facet.label() + " must be a map or not captured; got "
            + Words.of(form.value()) + ". Give the value a name, such as Map.of(\"value\", ...).");
  }

  /**
   * Returns this fingerprint with one facet replaced or added; the others are shared.
   *
   * @param facet the facet
   * @param form its form, a map or a {@link NotCaptured}
   * @return the copy
   * @throws IllegalArgumentException if the form is neither
   */
  public Fingerprint with(Facet facet, CanonicalForm form) {
    Map<Facet, CanonicalForm> copy = new EnumMap<>(Facet.class);
    copy.putAll(forms);
    copy.put(requireNonNull(facet, "facet"), requireTree(facet, form));
    return new Fingerprint(Collections.unmodifiableMap(copy), informational);
  }

  /**
   * Returns what fingerprints have in common: a value that is not the same in all of them is not captured, with the
   * values as the reason. {@link #varied()} lists these places.
   *
   * @param all at least one
   * @return their common fingerprint, with the informational values of the first
   * @throws IllegalArgumentException if there is none
   */
  public static Fingerprint common(Collection<Fingerprint> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "fingerprints have something in common if there is one; got none. Give at least one.");
    }
    return ofForms(Common.forms(all), all.iterator().next().informational);
  }

  /**
   * Returns in words what was not the same in the fingerprints that this one is {@linkplain #common common} to, such as
   * {@code runtime (java.version: 17.0.15, 25.0.3)}. The facet source is passed over.
   *
   * @return the words, without a full stop; empty if nothing differed
   */
  public String varied() {
    return Common.words(this);
  }

  /**
   * Returns this fingerprint without some facets.
   *
   * @param facets what to leave out; a facet that is not there is left out already
   * @return the copy, which has another digest
   */
  public Fingerprint without(Facet... facets) {
    Map<Facet, CanonicalForm> copy = new EnumMap<>(Facet.class);
    copy.putAll(forms);
    copy.keySet().removeAll(List.of(facets));
    return new Fingerprint(Collections.unmodifiableMap(copy), informational);
  }

  /**
   * Returns this fingerprint without its informational values, for files that people share.
   *
   * @return the copy, which has the same digest
   */
  public Fingerprint withoutInformational() {
    return new Fingerprint(forms, Map.of());
  }

  /**
   * Returns the facets that this fingerprint has.
   *
   * @return an unmodifiable set, in the order of {@link Facet}
   */
  public Set<Facet> facets() {
    return forms.keySet();
  }

  /**
   * Returns the form of a facet.
   *
   * @param facet the facet
   * @return its form; not captured, with a reason, when this fingerprint does not have the facet
   */
  public CanonicalForm form(Facet facet) {
    CanonicalForm form = forms.get(requireNonNull(facet, "facet"));
    return form != null
        ? form
        : CanonicalForm.ofTree(new NotCaptured("this fingerprint does not have this facet"));
  }

  /**
   * Returns the values that are carried along and never compared.
   *
   * @return an unmodifiable map, sorted by name
   */
  public Map<String, String> informational() {
    return informational;
  }

  /**
   * Returns the digest of the whole: SHA-256 over the canonical form of
   * {@code {"facets":{"code":"<digest>",...},"fingerprint":1}}.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String digest() {
    String known = digest;
    if (known == null) {
      known = over(facet -> true);
      digest = known;
    }
    return known;
  }

  /**
   * Returns the digest of the recipe: experiment, code, config, seed and data.
   *
   * @return what {@link #digest()} would be if there were no other facets
   */
  public String recipe() {
    String known = recipe;
    if (known == null) {
      known = over(Facet::isRecipe);
      recipe = known;
    }
    return known;
  }

  /**
   * Returns the digest of the environment: all that is not the recipe.
   *
   * @return what {@link #digest()} would be if there were no other facets
   */
  public String environment() {
    return over(facet -> !facet.isRecipe());
  }

  private String over(Predicate<Facet> which) {
    Map<String, String> digests = new TreeMap<>();
    forms.forEach((facet, form) -> {
      if (which.test(facet)) {
        digests.put(facet.label(), form.digest());
      }
    });
    // The canonical form of such a map, which holds nothing to escape; every run asks for two.
    StringBuilder json = new StringBuilder(1024).append("{\"facets\":{");
    String comma = "";
    for (Map.Entry<String, String> digest : digests.entrySet()) {
      json.append(comma).append('"').append(digest.getKey()).append("\":\"");
      json.append(digest.getValue()).append('"');
      comma = ",";
    }
    json.append("},\"fingerprint\":").append(FingerprintFile.FORMAT).append('}');
    return CanonicalForm.sha256(json.toString());
  }

  /**
   * What changed from this fingerprint to another.
   *
   * @param after the other fingerprint
   * @return the differences, facet by facet
   */
  public FingerprintDiff diff(Fingerprint after) {
    return FingerprintDiff.between(this, requireNonNull(after, "after"));
  }

  /**
   * Returns this fingerprint as a file: readable JSON with every tree, every digest and the informational values.
   *
   * @return indented text with sorted keys, the same for equal contents
   */
  public String toJson() {
    return FingerprintFile.write(this);
  }

  /**
   * Reads what {@link #toJson()} wrote, and checks every digest against the content.
   *
   * @param json the text of the file
   * @return the fingerprint
   * @throws IllegalArgumentException if this is no fingerprint, is of a newer format, or has a digest that its content
   *     does not have; the message names the facet
   */
  public static Fingerprint parse(String json) {
    return FingerprintFile.parse(requireNonNull(json, "json"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint fingerprint && fingerprint.digest().equals(digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  /** Returns a page of about a dozen lines: a short digest and a few words for each facet, and what is missing. */
  @Override
  public String toString() {
    return FingerprintPage.of(this);
  }
}
