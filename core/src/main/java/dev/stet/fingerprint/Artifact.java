package dev.stet.fingerprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A jar, class folder or module under the name by which people know it. */
record Artifact(String name, Map<String, Object> tree) {
  private static final int LARGEST_POM = 1 << 20;

  static Artifact of(Dependencies.Place place, Object read) {
    if (!(read instanceof Content content)) {
      return new Artifact(fileName(place.path(), place.name()), Map.of("content", read));
    }
    Coordinates coordinates = coordinates(place, content);
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("sha256", content.digest());
    if (!coordinates.version().isEmpty()) {
      tree.put("version", coordinates.version());
    }
    return new Artifact(coordinates.name(), Collections.unmodifiableMap(tree));
  }

  /** The classes outside the roots in a jar or folder that holds the experiment's own code too. */
  static Artifact beside(Roots roots, Object read) {
    String name = "packed with " + roots.names();
    if (!(read instanceof Content content)) {
      return new Artifact(name, Map.of("content", read));
    }
    TreeMap<String, Object> tree = new TreeMap<>();
    tree.put("sha256", content.digest());
    tree.put("bundles", Collections.unmodifiableMap(content.poms()));
    return new Artifact(name, Collections.unmodifiableMap(tree));
  }

  private record Coordinates(String name, String version) {}

  private static Coordinates coordinates(Dependencies.Place place, Content content) {
    String file = fileName(place.path(), place.name());
    Path path = place.path();
    Optional<Coordinates> pom = content.poms().entrySet().stream()
        .filter(entry -> content.poms().size() == 1
            || file.startsWith(entry.getKey().substring(entry.getKey().indexOf(':') + 1)))
        .map(entry -> new Coordinates(entry.getKey(), entry.getValue()))
        .findFirst();
    if (pom.isEmpty() && path != null && Files.isDirectory(path)) {
      pom = builtByMaven(path);
    }
    return pom.orElseGet(() -> manifest(content.attributes(), file));
  }

  private static Coordinates manifest(Map<String, String> attributes, String file) {
    String name = attributes.getOrDefault(
        "Automatic-Module-Name", attributes.getOrDefault("Implementation-Title", file));
    return new Coordinates(name, attributes.getOrDefault("Implementation-Version", ""));
  }

  private static String fileName(@Nullable Path path, String otherwise) {
    Path file = path == null ? null : path.getFileName();
    return file == null ? otherwise.substring(otherwise.lastIndexOf('/') + 1) : file.toString();
  }

  /** A folder target/classes is the same artifact as the jar that will be made of it. */
  private static Optional<Coordinates> builtByMaven(Path folder) {
    Path target = folder.toAbsolutePath().getParent();
    Path module = target == null ? null : target.getParent();
    Path pom = module == null ? null : module.resolve("pom.xml");
    try {
      if (pom == null || !Files.isRegularFile(pom) || Files.size(pom) > LARGEST_POM) {
        return Optional.empty();
      }
      return fromPom(Files.readString(pom));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Coordinates> fromPom(String pom) {
    String text = pom.replaceAll("(?s)<!--.*?-->", "");
    Matcher parent = Pattern.compile("(?s)<parent>(.*?)</parent>").matcher(text);
    String above = parent.find() ? parent.group(1) : "";
    String own = text.replaceAll(
        "(?s)<(parent|dependencies|dependencyManagement|build|profiles|properties"
            + "|reporting|licenses|organization|developers|scm|modules|distributionManagement)>.*?</\\1>",
        "");
    Optional<String> artifact = element(own, "artifactId");
    Optional<String> group = element(own, "groupId").or(() -> element(above, "groupId"));
    Optional<String> version = element(own, "version").or(() -> element(above, "version"));
    return artifact.flatMap(id -> group.map(name ->
        new Coordinates(name + ":" + id, version.filter(v -> !v.contains("${")).orElse(""))));
  }

  private static Optional<String> element(String text, String name) {
    Matcher matcher =
        Pattern.compile("<" + name + ">\\s*([^<]*?)\\s*</" + name + ">").matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
