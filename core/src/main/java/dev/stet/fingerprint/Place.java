package dev.stet.fingerprint;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where in a tree a value stands, for messages: {@code config.layers[2].name}. */
record Place(@Nullable Place outer, String step, int depth) {
  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int LONGEST = 160;

  static Place root(String name) {
    return new Place(null, name, 0);
  }

  Place key(String key) {
    return new Place(this, keyStep(key), depth + 1);
  }

  /** A part that is neither a key nor an element, such as a captured value of a lambda. */
  Place part(String name) {
    return new Place(this, ", " + name, depth + 1);
  }

  Place root() {
    return outer == null ? this : outer.root();
  }

  Place index(int index) {
    return new Place(this, "[" + index + "]", depth + 1);
  }

  private static String keyStep(String key) {
    return PLAIN_KEY.matcher(key).matches() ? "." + key : "[" + JsonText.quoted(key) + "]";
  }

  /** A path inside a tree whose root has no name: {@code layers[2].name}. */
  static String join(String path, String key) {
    String step = keyStep(key);
    return path.isEmpty() && step.startsWith(".") ? key : path + step;
  }

  @Override
  public String toString() {
    Deque<String> steps = new ArrayDeque<>();
    for (Place place = this; place != null; place = place.outer) {
      steps.addFirst(place.step);
    }
    String whole = String.join("", steps);
    return whole.length() <= LONGEST
        ? whole
        : whole.substring(0, LONGEST / 2) + "..." + whole.substring(whole.length() - LONGEST / 4);
  }
}
