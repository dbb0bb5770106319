package dev.stet.fingerprint;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON file of a fingerprint, as docs/fingerprint.md specifies it. */
final class FingerprintFile {
  /** The format that this version writes, and the newest that it reads. */
  static final int FORMAT = 1;

  private FingerprintFile() {}

  static String write(Fingerprint fingerprint) {
    Map<String, @Nullable Object> facets = new TreeMap<>();
    for (Facet facet : fingerprint.facets()) {
      facets.put(facet.label(), facet(fingerprint.form(facet)));
    }
    Map<String, @Nullable Object> file = new TreeMap<>();
    file.put("fingerprint", FORMAT);
    file.put("digest", fingerprint.digest());
    file.put("recipe", fingerprint.recipe());
    file.put("environment", fingerprint.environment());
    file.put("facets", facets);
    if (!fingerprint.informational().isEmpty()) {
      file.put("informational", fingerprint.informational());
    }
    return JsonText.readable(file);
  }

  private static Map<String, @Nullable Object> facet(CanonicalForm form) {
    Map<String, @Nullable Object> facet = new LinkedHashMap<>();
    facet.put("digest", form.digest());
    facet.put("value", Tags.tagged(form.value()));
    return facet;
  }

  static Fingerprint parse(String json) {
    Map<?, ?> file = object(JsonText.parse(json), "the file");
    requireFormat(file.get("fingerprint"));
    Map<Facet, CanonicalForm> forms = new EnumMap<>(Facet.class);
    object(file.get("facets"), "facets").forEach((label, facet) -> {
      String name = (String) label;
      forms.put(Facet.parse(name), readFacet(name, object(facet, name)));
    });
    Fingerprint fingerprint = Fingerprint.ofForms(forms, informational(file.get("informational")));
    requireDigest("recipe", file.get("recipe"), fingerprint.recipe());
    requireDigest("environment", file.get("environment"), fingerprint.environment());
    requireDigest("whole", file.get("digest"), fingerprint.digest());
    return fingerprint;
  }

  private static void requireFormat(@Nullable Object format) {
    if (!(format instanceof Integer number) || number < 1) {
      throw new IllegalArgumentException(
          "This is not a fingerprint: its \"fingerprint\" should be the number of the"
              + " format, 1; got " + Words.of(format) + ".");
    }
    if (number > FORMAT) {
      throw new IllegalArgumentException("This fingerprint has format " + number
          + ", and this version of Stet reads" + " formats up to " + FORMAT
          + ". Read it with the version that wrote it, or a newer one.");
    }
  }

  private static CanonicalForm readFacet(String name, Map<?, ?> facet) {
    if (!facet.containsKey("value")) {
      throw new IllegalArgumentException(
          "This is not a fingerprint: facet " + name + " has no \"value\".");
    }
    CanonicalForm form = CanonicalForm.ofJson(facet.get("value"), name);
    requireDigest(name, facet.get("digest"), form.digest());
    return form;
  }

  private static void requireDigest(String what, @Nullable Object stored, String computed) {
    if (!computed.equals(stored)) {
      throw new IllegalArgumentException(
          "The fingerprint was altered after it was written: the digest of " + what
              + " says " + Words.of(stored) + ", and its content has " + Words.of(computed)
              + ". Restore the file from where it was committed, or write it again from a run.");
    }
  }

  private static Map<?, ?> object(@Nullable Object json, String what) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("This is not a fingerprint: " + what
        + " should be a JSON object; got " + Words.of(json) + ".");
  }

  private static Map<String, String> informational(@Nullable Object json) {
    Map<String, String> values = new TreeMap<>();
    if (json != null) {
      object(json, "informational")
          .forEach((name, value) -> values.put((String) name, String.valueOf(value)));
    }
    return values;
  }
}
