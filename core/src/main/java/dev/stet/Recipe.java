package dev.stet;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Suppliers;
import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.CapturedBody;
import dev.stet.fingerprint.Code;
import dev.stet.fingerprint.DataDigest;
import dev.stet.fingerprint.Environment;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.Settings;
import dev.stet.seeds.Seed;
import java.io.Serializable;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an experiment declares, and the facets that follow from it. Immutable; what is costly is taken once. */
final class Recipe {
  private static final String SEED_SCHEME = "stet-seeds/v1";
  private static final Supplier<Map<String, String>> INFORMATIONAL =
      Suppliers.memoize(Recipe::informational);

  private final String experiment;
  private final Experiment.Body<?> body;
  private final Map<String, Source> data;
  private final List<String> roots;
  private final Settings settings;
  private final Map<String, Path> paths;
  private final AtomicReference<@Nullable Known> lastData = new AtomicReference<>();
  private final AtomicReference<@Nullable Known> lastSettings = new AtomicReference<>();
  private final AtomicReference<@Nullable Known> lastGuarded = new AtomicReference<>();
  private volatile @Nullable Captured captured;

  private Recipe(
      String experiment,
      Experiment.Body<?> body,
      Map<String, Source> data,
      List<String> roots,
      Settings settings) {
    this.experiment = experiment;
    this.body = body;
    this.data = data;
    this.roots = roots;
    this.settings = settings;
    Map<String, Path> found = new LinkedHashMap<>();
    data.forEach((name, source) -> found.put(name, source.path()));
    this.paths = Collections.unmodifiableMap(found);
  }

  static Recipe of(String experiment, Experiment.Body<?> body) {
    return new Recipe(experiment, body, Map.of(), List.of(), Settings.standard());
  }

  Recipe withData(String name, Path path, DataDigest.Reading reading) {
    requireNonNull(path, "path");
    if (requireNonNull(name, "name").isBlank() || data.containsKey(name)) {
      throw new IllegalArgumentException(
          "data needs a name of its own that is not blank; got \"" + name + "\", declared: "
              + Words.list(data.keySet()) + ". Name what it is, such as \"train\".");
    }
    Map<String, Source> more = new LinkedHashMap<>(data);
    more.put(name, new Source(path, requireNonNull(reading, "reading")));
    return new Recipe(experiment, body, Collections.unmodifiableMap(more), roots, settings);
  }

  Recipe withRoots(List<String> packages) {
    if (packages.isEmpty()
        || packages.stream().anyMatch(name -> name.isBlank() && !name.isEmpty())) {
      throw new IllegalArgumentException("root packages must be named; got " + quoted(packages)
          + ". Name those that hold your own code, such as code(\"com.example\").");
    }
    return new Recipe(experiment, body, data, List.copyOf(packages), settings);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> '"' + name + '"').toList().toString();
  }

  Recipe withSettings(Settings chosen) {
    return new Recipe(experiment, body, data, roots, requireNonNull(chosen, "settings"));
  }

  /**
   * What another JVM needs besides the body to make this recipe again.
   *
   * @param experiment the name
   * @param data what was declared as data
   * @param roots the packages whose code counts
   * @param settings what was declared of properties and variables
   */
  record Declared(String experiment, List<DeclaredData> data, List<String> roots, Settings settings)
      implements Serializable {
    Recipe with(Experiment.Body<?> body) {
      Map<String, Source> sources = new LinkedHashMap<>();
      data.forEach(one -> sources.put(one.name, new Source(Path.of(one.path), one.reading)));
      return new Recipe(experiment, body, Collections.unmodifiableMap(sources), roots, settings);
    }
  }

  private record DeclaredData(String name, String path, DataDigest.Reading reading)
      implements Serializable {}

  Declared declared() {
    List<DeclaredData> all = new ArrayList<>();
    data.forEach((name, source) -> {
      if (!source.path.getFileSystem().equals(FileSystems.getDefault())) {
        throw new IllegalArgumentException("data " + name + " lies at " + source.path.toUri()
            + ", which a forked JVM may not reach. Put it into a file or folder of this machine.");
      }
      all.add(new DeclaredData(name, source.path.toString(), source.reading));
    });
    return new Declared(experiment, new ArrayList<>(all), new ArrayList<>(roots), settings);
  }

  /** The facet of a seed. */
  static CanonicalForm form(Seed seed) {
    return CanonicalForm.of(Map.of("scheme", SEED_SCHEME, "seed", seed.toString()));
  }

  /** Where the body finds its data. */
  Map<String, Path> paths() {
    return paths;
  }

  /** The fingerprint of one trial: what only config and seed change is shared with every other trial. */
  Fingerprint fingerprint(CanonicalForm config, Seed seed) {
    return watched(constant())
        .with(Facet.CONFIG, config)
        .with(Facet.SEED, form(seed))
        .with(Facet.DATA, form(dataTree(), lastData))
        .with(Facet.SETTINGS, form(settings.tree(), lastSettings));
  }

  /** A guard may be switched on after the rest of the runtime was read. Without one nothing changes. */
  private Fingerprint watched(Fingerprint fingerprint) {
    Map<String, Object> guard = Watcher.settings();
    if (guard.isEmpty()) {
      return fingerprint;
    }
    Map<String, Object> runtime = new TreeMap<>(Environment.current().runtime());
    runtime.put("guard", guard);
    return fingerprint.with(Facet.RUNTIME, form(runtime, lastGuarded));
  }

  private Map<String, Object> dataTree() {
    Map<String, Object> trees = new TreeMap<>();
    data.forEach((name, source) -> trees.put(name, source.digest(name).tree()));
    return trees;
  }

  /** What may change between two runs is read before each; what did not is not written anew. */
  private static CanonicalForm form(
      Map<String, Object> tree, AtomicReference<@Nullable Known> last) {
    Known known = last.get();
    if (known == null || !known.tree.equals(tree)) {
      known = new Known(tree, CanonicalForm.of(tree));
      last.set(known);
    }
    return known.form;
  }

  private record Known(Map<String, Object> tree, CanonicalForm form) {}

  /** Where declared data lies and how its content is read. */
  private record Source(Path path, DataDigest.Reading reading) {
    DataDigest digest(String name) {
      return DataDigest.of(name, path, reading);
    }
  }

  /** The facets that no seed and no config changes: taken once, and again only where what the body captured can change. */
  private Fingerprint constant() {
    Captured known = captured;
    if (known == null) {
      CapturedBody first = CapturedBody.of(body);
      known = new Captured(first, Fingerprint.ofForms(capture(first), INFORMATIONAL.get()));
      captured = known;
    }
    if (known.body.isConstant()) {
      return known.fingerprint;
    }
    Fingerprint now = known.fingerprint;
    for (Map.Entry<Facet, CanonicalForm> form :
        bodyForms(known.body.readAgain()).entrySet()) {
      now = now.with(form.getKey(), form.getValue());
    }
    return now;
  }

  private record Captured(CapturedBody body, Fingerprint fingerprint) {}

  private Map<Facet, CanonicalForm> capture(CapturedBody first) {
    Map<Facet, CanonicalForm> forms = bodyForms(first);
    Environment environment = Environment.current();
    forms.put(Facet.RUNTIME, CanonicalForm.of(environment.runtime()));
    forms.put(Facet.HARDWARE, CanonicalForm.of(environment.hardware()));
    forms.put(Facet.SOURCE, CanonicalForm.of(environment.source()));
    return forms;
  }

  private Map<Facet, CanonicalForm> bodyForms(CapturedBody read) {
    Map<Facet, CanonicalForm> forms = new EnumMap<>(Facet.class);
    forms.put(Facet.EXPERIMENT, CanonicalForm.of(Map.of("name", experiment, "body", read.tree())));
    Code code = roots.isEmpty() ? Code.of(read) : Code.of(read, roots);
    forms.put(Facet.CODE, CanonicalForm.of(code.tree()));
    forms.put(Facet.DEPENDENCIES, CanonicalForm.of(code.dependencies()));
    return forms;
  }

  private static Map<String, String> informational() {
    Map<String, String> texts = new TreeMap<>();
    Environment.current()
        .informational()
        .forEach((name, value) -> texts.put(name, value.toString()));
    return Collections.unmodifiableMap(texts);
  }
}
