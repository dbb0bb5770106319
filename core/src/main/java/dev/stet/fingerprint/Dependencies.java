package dev.stet.fingerprint;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The jars, class folders and modules that supply the classes which an experiment's own code names, then those that
 * these name in turn, jar by jar.
 */
final class Dependencies {
  private static final Set<String> PLATFORM_PACKAGES = ModuleLayer.boot().modules().stream()
      .filter(module -> isPlatform(module.getName()))
      .flatMap(module -> module.getPackages().stream())
      .map(name -> name.replace('.', '/'))
      .collect(Collectors.toUnmodifiableSet());
  private static final Map<List<Object>, Content> CONTENTS = new ConcurrentHashMap<>();

  private final Map<String, Object> tree;

  private Dependencies(Map<String, Object> tree) {
    this.tree = tree;
  }

  Map<String, Object> tree() {
    return tree;
  }

  static Dependencies of(ClassFiles files, Roots roots, Reach reach) {
    Search search = new Search(files, roots);
    reach.whole().keySet().forEach(search::own);
    reach.slices().keySet().forEach(search::own);
    search.leaf("dev/stet/fingerprint/Code");
    search.leaf("dev/stet/seeds/Seed");
    search.follow(reach.others());
    return new Dependencies(search.tree());
  }

  private static boolean isPlatform(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  /** Where a class was found: a jar or folder in a file system, a module of the run-time image, or somewhere odd. */
  record Place(String name, @Nullable Path path) {
    static Place of(URL url, String className) {
      String text = url.toString();
      String suffix = "/" + className + ".class";
      String base =
          text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
      try {
        return switch (url.getProtocol()) {
          case "file" -> new Place(base, Path.of(new URI(base)));
          case "jar" ->
            new Place(base, Path.of(new URI(base.substring("jar:".length(), base.length() - 1))));
          case "jrt" -> ofImage(base.substring("jrt:/".length()));
          default -> new Place(base, null);
        };
      } catch (URISyntaxException | IllegalArgumentException e) {
        return new Place(base, null);
      }
    }

    private static Place ofImage(String module) {
      return new Place(
          module, FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", module));
    }

    boolean isPlatformModule() {
      return path != null && Dependencies.isPlatform(name);
    }
  }

  private static final class Search {
    private final ClassFiles files;
    private final Roots roots;
    private final Map<String, Place> places = new TreeMap<>();
    private final Map<String, Object> contents = new HashMap<>();
    private final Set<String> own = new TreeSet<>();
    private final Set<String> leaves = new TreeSet<>();
    private final Set<String> absent = new TreeSet<>();
    private final Set<String> asked = new TreeSet<>();

    Search(ClassFiles files, Roots roots) {
      this.files = files;
      this.roots = roots;
    }

    void own(String className) {
      locate(className).ifPresent(place -> own.add(place.name()));
    }

    /** What Stet itself is built from does not decide what an experiment computes. */
    void leaf(String className) {
      locate(className).ifPresent(place -> leaves.add(place.name()));
    }

    private Optional<Place> locate(String className) {
      return Optional.ofNullable(files.locate(className)).map(url -> Place.of(url, className));
    }

    void follow(Set<String> first) {
      boolean direct = true;
      for (Set<String> names = first; !names.isEmpty(); direct = false) {
        List<Place> found = new ArrayList<>();
        for (String name : names) {
          if (isForeign(name) && asked.add(name)) {
            Optional<Place> place = locate(name);
            if (place.isEmpty() && direct) {
              absent.add(name.replace('/', '.'));
            }
            place
                .filter(where -> !where.isPlatformModule())
                .filter(where -> places.putIfAbsent(where.name(), where) == null)
                .ifPresent(found::add);
          }
        }
        names = read(found);
      }
    }

    // The set of names has no order; the order in which places are read changes nothing.
    private boolean isForeign(String name) {
      int slash = name.lastIndexOf('/');
      return !roots.hold(name)
          && !PLATFORM_PACKAGES.contains(slash < 0 ? "" : name.substring(0, slash));
    }

    /** Reads places side by side, and returns the classes that they name. */
    private Set<String> read(List<Place> found) {
      List<Callable<Object>> tasks = new ArrayList<>();
      found.forEach(place -> tasks.add(() -> content(place)));
      List<Object> results = inParallel(tasks);
      Set<String> named = new TreeSet<>();
      for (int i = 0; i < found.size(); i++) {
        contents.put(found.get(i).name(), results.get(i));
        if (results.get(i) instanceof Content content
            && !leaves.contains(found.get(i).name())) {
          named.addAll(content.named());
        }
      }
      return named;
    }

    private Object content(Place place) {
      Path path = place.path();
      if (path == null) {
        return new NotCaptured(
            "its classes come from a place that is neither a jar, a folder nor a module");
      }
      try {
        return own.contains(place.name())
            ? Content.of(path, name -> name.endsWith(".class") && isForeign(name))
            : cached(path);
      } catch (IOException | RuntimeException e) {
        return new NotCaptured("its content cannot be read: " + e.getClass().getName());
      }
    }

    private static Content cached(Path path) throws IOException {
      if (Files.isDirectory(path)) {
        return Content.of(path, name -> true);
      }
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      List<Object> key = List.of(
          path.toAbsolutePath(),
          file.size(),
          file.lastModifiedTime(),
          String.valueOf(file.fileKey()));
      Content known = CONTENTS.get(key);
      if (known == null) {
        known = Content.of(path, name -> true);
        CONTENTS.put(key, known);
      }
      return known;
    }

    Map<String, Object> tree() {
      List<Artifact> all = new ArrayList<>();
      for (Place place : places.values()) {
        Object content = contents.getOrDefault(place.name(), new NotCaptured("it was not read"));
        boolean mixed = own.contains(place.name());
        Artifact artifact = mixed ? Artifact.beside(roots, content) : Artifact.of(place, content);
        all.add(artifact);
      }
      // Jars of the same coordinates are told apart by content and never by the folder in which
      // they lie.
      all.sort(Comparator.comparing((Artifact artifact) -> artifact.tree().toString()));
      TreeMap<String, Object> artifacts = new TreeMap<>();
      for (Artifact artifact : all) {
        String key = artifact.name();
        for (int n = 2; artifacts.containsKey(key); n++) {
          key = artifact.name() + " (" + n + ")";
        }
        artifacts.put(key, artifact.tree());
      }
      TreeMap<String, Object> tree = new TreeMap<>();
      tree.put("artifacts", Collections.unmodifiableMap(artifacts));
      tree.put("absent", List.copyOf(absent));
      return Collections.unmodifiableMap(tree);
    }
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) {
    int threads = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors());
    if (threads == 0) {
      return List.of();
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "stet-fingerprint");
      thread.setDaemon(true);
      return thread;
    });
    try {
      List<Future<T>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the dependencies were read", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the dependencies cannot be read", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
