package dev.stet.ledger;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The facets that runs share, each under the digest of its content, so that a thousand runs of one study write each
 * once.
 *
 * <p>A <em>sheet</em> lists the facets of a fingerprint but config and seed, which stand in the line of the run.
 */
final class FacetStore {
  private static final String SCHEME = "scheme";

  private final Layout layout;
  private final Disk disk;
  private final Set<String> present = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Sheet latest;

  FacetStore(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  /** Writes what is not there yet of a fingerprint and returns the digest of its sheet. */
  String keep(Fingerprint fingerprint, Seed seed) throws IOException {
    Map<String, Object> facets = new TreeMap<>();
    Map<String, Object> sheet = new TreeMap<>();
    for (Facet facet : fingerprint.facets()) {
      CanonicalForm form = fingerprint.form(facet);
      String scheme = facet == Facet.SEED ? scheme(form, seed) : null;
      if (scheme != null) {
        sheet.put("seed", Map.of(SCHEME, scheme));
      } else if (facet != Facet.CONFIG) {
        facets.put(facet.label(), keep(form));
      }
    }
    sheet.put("facets", facets);
    sheet.put("informational", fingerprint.informational());
    Sheet known = latest;
    if (known == null || !known.content.equals(sheet)) {
      known = new Sheet(sheet, keep(CanonicalForm.of(sheet)));
      latest = known;
    }
    return known.digest;
  }

  /** The runs of a study share one, so that it is digested once. */
  private record Sheet(Map<String, Object> content, String digest) {}

  /** The scheme of a seed facet that holds nothing else but the seed that the line has. */
  private static @Nullable String scheme(CanonicalForm form, Seed seed) {
    return form.value() instanceof Map<?, ?> map
            && map.size() == 2
            && seed.toString().equals(map.get("seed"))
            && map.get(SCHEME) instanceof String scheme
        ? scheme
        : null;
  }

  private String keep(CanonicalForm form) throws IOException {
    String digest = form.digest();
    if (!present.contains(digest)) {
      Path file = layout.facet(digest);
      byte[] content = form.bytes();
      if (!isThere(file, content)) {
        Path folder = file.resolveSibling("");
        disk.createDirectories(folder);
        disk.writeWhole(file, Layout.temporary(file), content);
      }
      present.add(digest);
    }
    return digest;
  }

  // A file that a disk garbled is written anew: whoever has the content can mend it.
  private static boolean isThere(Path file, byte[] content) throws IOException {
    try {
      return Arrays.equals(Files.readAllBytes(file), content);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Puts a fingerprint together again. */
  static Fingerprint read(
      Layout layout, String sheet, @Nullable CanonicalForm config, String seed) {
    Map<?, ?> map = map(form(layout, sheet), layout, sheet);
    Map<Facet, CanonicalForm> forms = new EnumMap<>(Facet.class);
    map(map.get("facets"), layout, sheet)
        .forEach((label, digest) -> forms.put(
            Facet.parse(String.valueOf(label)),
            CanonicalForm.of(form(layout, String.valueOf(digest)))));
    if (config != null) {
      forms.put(Facet.CONFIG, config);
    }
    if (map.get("seed") instanceof Map<?, ?> kept && kept.get(SCHEME) instanceof String scheme) {
      forms.put(Facet.SEED, CanonicalForm.of(Map.of(SCHEME, scheme, "seed", seed)));
    }
    Map<String, String> informational = new TreeMap<>();
    map(map.get("informational"), layout, sheet)
        .forEach((name, value) -> informational.put(String.valueOf(name), String.valueOf(value)));
    return Fingerprint.ofForms(forms, informational);
  }

  private static @Nullable Object form(Layout layout, String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new LedgerException("the ledger " + layout.directory() + " names a facet \"" + digest
          + "\", which is no digest. The line of the run was not written by Stet.");
    }
    Path file = layout.facet(digest);
    try {
      CanonicalForm form = CanonicalForm.parse(Files.readString(file, StandardCharsets.UTF_8));
      if (form.digest().equals(digest)) {
        return form.value();
      }
      throw damaged(layout, file, "its content has another digest than its name", null);
    } catch (NoSuchFileException e) {
      throw damaged(layout, file, "it is missing", e);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(layout, file, String.valueOf(e.getMessage()), e);
    }
  }

  private static Map<?, ?> map(@Nullable Object tree, Layout layout, String digest) {
    if (tree instanceof Map<?, ?> map) {
      return map;
    }
    throw damaged(layout, layout.facet(digest), "it does not list facets", null);
  }

  private static LedgerException damaged(
      Layout layout, Path file, String why, @Nullable Exception cause) {
    String message = "cannot read the facet " + layout.shown(file) + " of the ledger "
        + layout.directory() + ": " + why
        + ". Copy it from another copy of the ledger; the next run that has this facet also writes it anew.";
    return cause == null ? new LedgerException(message) : new LedgerException(message, cause);
  }
}
