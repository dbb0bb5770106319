package dev.stet.seeds;

import java.io.Serializable;
import java.util.Objects;

/** The root of all randomness of a trial: a value, printed, parsed, recorded. */
public final class Seed implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long root;

  private Seed(long root) {
    this.root = root;
  }

  /**
   * Returns the seed with this 64-bit root.
   *
   * @param root any number
   * @return the seed
   */
  public static Seed of(long root) {
    return new Seed(root);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text the seed in words
   * @return the seed
   */
  public static Seed parse(String text) {
    return new Seed(Long.parseLong(text));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Seed seed && seed.root == root;
  }

  @Override
  public int hashCode() {
    return Objects.hash(root);
  }

  @Override
  public String toString() {
    return Long.toString(root);
  }
}
