package dev.stet;

import dev.stet.fingerprint.CanonicalForm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Components of a config by name, in the tree that its fingerprint holds. */
final class ConfigTree {
  private ConfigTree() {}

  /**
   * Returns the value of a component.
   *
   * @throws IllegalArgumentException if there is none of this name, listing those that are there
   */
  static @Nullable Object value(CanonicalForm config, String component) {
    return value(config.value(), component, component);
  }

  private static @Nullable Object value(@Nullable Object tree, String path, String component) {
    Map<?, ?> map = members(tree, component);
    if (map.containsKey(path)) {
      return map.get(path);
    }
    int dot = path.indexOf('.');
    if (dot < 0 || !map.containsKey(path.substring(0, dot))) {
      throw unknown(component, map);
    }
    return value(map.get(path.substring(0, dot)), path.substring(dot + 1), component);
  }

  /** A config with some of its components replaced. */
  static CanonicalForm with(CanonicalForm config, Map<String, Object> values) {
    Object tree = config.value();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      tree = with(tree, value.getKey(), value.getValue(), value.getKey());
    }
    return CanonicalForm.of(tree, "config");
  }

  private static Map<String, Object> with(
      @Nullable Object tree, String path, @Nullable Object value, String component) {
    Map<?, ?> map = members(tree, component);
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((name, old) -> copy.put((String) name, old));
    int dot = path.indexOf('.');
    if (map.containsKey(path)) {
      copy.put(path, value);
    } else if (dot >= 0 && map.containsKey(path.substring(0, dot))) {
      String head = path.substring(0, dot);
      copy.put(head, with(map.get(head), path.substring(dot + 1), value, component));
    } else {
      throw unknown(component, map);
    }
    return copy;
  }

  private static Map<?, ?> members(@Nullable Object tree, String component) {
    if (tree instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("the config has no component \"" + component + "\": \""
        + component.substring(0, Math.max(0, component.lastIndexOf('.')))
        + "\" has no components. Name one of the config's own.");
  }

  private static IllegalArgumentException unknown(String component, Map<?, ?> known) {
    return new IllegalArgumentException(
        "the config has no component \"" + component + "\"; it has: "
            + Words.list(known.keySet().stream().map(String::valueOf).sorted().toList()) + ".");
  }
}
