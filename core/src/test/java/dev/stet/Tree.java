package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.CanonicalForm;
import java.util.Map;

/** Walks down the tree of a facet. */
final class Tree {
  private Tree() {}

  static Object at(CanonicalForm form, String... path) {
    Object here = requireNonNull(form.value());
    for (String name : path) {
      here = requireNonNull(((Map<?, ?>) here).get(name), name);
    }
    return here;
  }
}
