package dev.stet.seeds;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The root of randomness: a value that is printed, parsed and recorded, and from which any number of
 * independent streams derive by name.
 *
 * <pre>{@code
 * Seed seed = Seed.of(42);
 * RandomStream weights = seed.child("weights").stream();
 * RandomStream epoch3 = seed.child("shuffle").child(3).stream();
 * seed.child("shuffle").child(3).toString();      // 42/shuffle/3
 * Seed.parse("42/shuffle/3").stream().nextLong(); // the first number of epoch3
 * }</pre>
 *
 * <h2>Derivation</h2>
 *
 * <p>A seed has a 256-bit {@link #key() key}: SHA-256 of a versioned, type-tagged, length-framed message. The
 * key of a child is SHA-256 over the key of its parent and the child's name or index. So {@code child("3")} is
 * not {@code child(3)}, {@code child("ab").child("c")} is not {@code child("a").child("bc")}, and a worker can
 * be handed a key without the root. Derivation is pure: there is no counter and no order, and what one part of
 * a program draws can never shift what another part sees. Streams and narrow seeds carry tags of their own; a
 * seed may be used as a parent, as a stream and as a narrow seed, and none of these coincide.
 *
 * <p>Two seeds are equal when their keys are. Among a million seeds the chance that any two keys coincide is
 * about 4e-66.
 *
 * <h2>What is frozen</h2>
 *
 * <p>Scheme version 1 is what {@code docs/seeds.md} specifies and what its vectors show: text form, keys,
 * states, words and every derived number. It never changes, not even for a bug; a better scheme would get
 * another tag and stand beside this one. Not promised: the wording of error messages, the Java serialized form
 * across versions (store the text instead), and speed.
 *
 * <p>This is not cryptography. Keys are as secret as their root, which usually is printed, and the default
 * streams are predictable from a few of their numbers.
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Seed implements Serializable {
  /** The system property that overrides {@linkplain #replayable(Seed) replayable} seeds: {@value}. */
  public static final String PROPERTY = "stet.seed";

  private static final long serialVersionUID = 1L;

  private static final int FRESH_BYTES = 16;

  private final transient byte[] key;
  private final transient @Nullable Seed parent;
  private final transient String segment;
  private final transient boolean replayable;

  private Seed(byte[] key, @Nullable Seed parent, String segment, boolean replayable) {
    this.key = key;
    this.parent = parent;
    this.segment = segment;
    this.replayable = replayable;
  }

  /**
   * Returns the seed with this 64-bit root.
   *
   * @param root any number
   * @return the seed, whose text is the number
   */
  public static Seed of(long root) {
    return new Seed(Derivation.root(root), null, Long.toString(root), false);
  }

  /**
   * Returns the seed with these bytes as its root. Length and leading zeros count: {@code {0}} and
   * {@code {0, 0}} are two seeds, and neither is {@code Seed.of(0)}.
   *
   * @param root at least one byte; copied
   * @return the seed, whose text is {@code 0x} and the bytes in hexadecimal
   * @throws IllegalArgumentException if there are no bytes
   */
  public static Seed of(byte[] root) {
    if (root.length == 0) {
      throw new IllegalArgumentException(
          "the bytes of a seed must not be empty; got none. Give at least one byte, or call Seed.fresh().");
    }
    return new Seed(Derivation.root(root), null, SeedText.bytes(root), false);
  }

  /**
   * Returns a new seed of 128 bits from the operating system. Print or record it: nothing else remembers it.
   *
   * @return a seed that nobody has used before, for all practical purposes
   */
  public static Seed fresh() {
    byte[] root = new byte[FRESH_BYTES];
    new SecureRandom().nextBytes(root);
    return of(root);
  }

  /**
   * Returns the seed with this key, so that a worker can be given its part of the randomness without the root.
   * It derives the same children and streams as the seed the key was taken from, and is equal to it; only its
   * text is another, because the path that led to it is not known any more.
   *
   * @param key 32 bytes from {@link #key()}; copied
   * @return the seed, whose text is {@code key:} and the key in hexadecimal
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static Seed ofKey(byte[] key) {
    if (key.length != Derivation.KEY_BYTES) {
      throw new IllegalArgumentException("a key must have 32 bytes; got "
          + key.length
          + ". Give what Seed.key() returned, or call Seed.of(byte[]) for bytes of your own.");
    }
    return new Seed(key.clone(), null, SeedText.key(key), false);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text a seed in words, such as {@code 42}, {@code 0x00ff} or {@code 42/weights/3}
   * @return the seed
   * @throws IllegalArgumentException if the text is not a seed; blanks, plus signs and leading zeros are not
   *     accepted
   */
  public static Seed parse(String text) {
    return SeedText.parse(requireNonNull(text, "text"));
  }

  /**
   * Returns this seed, or the one in the system property {@code stet.seed} if that is present, and in either
   * case one that {@linkplain #isReplayable() says so}. A failing test can then be run again with the seed it
   * printed, without a change to the code.
   *
   * <p>Every seed that asks is overridden by the same property. Ask once in a program, for the root.
   *
   * @param seed the seed to use when the property is absent
   * @return the seed to use
   * @throws IllegalArgumentException if the property is present and is not a seed
   */
  public static Seed replayable(Seed seed) {
    requireNonNull(seed, "seed");
    String text = System.getProperty(PROPERTY);
    Seed chosen = text == null ? seed : override(text);
    return new Seed(chosen.key, chosen.parent, chosen.segment, true);
  }

  private static Seed override(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the system property " + PROPERTY + " is " + e.getMessage()
              + " Correct it or leave it out.",
          e);
    }
  }

  /**
   * Says whether this very seed came from {@link #replayable(Seed)}, so that a message may print {@code
   * -Dstet.seed=} with its text. Its children answer no: the property would put them in the place of the root.
   * Takes no part in {@link #equals(Object)}.
   *
   * @return whether {@code stet.seed} can override this seed
   */
  public boolean isReplayable() {
    return replayable;
  }

  /**
   * Returns the child of this name.
   *
   * @param name any well-formed Unicode, taken as it is: no case folding, no normalisation. The empty name is a
   *     name like any other here; where a person is to find a stream again by its name, refuse it.
   * @return the child
   * @throws IllegalArgumentException if the name has a surrogate without its partner
   */
  public Seed child(String name) {
    requireNonNull(name, "name");
    return new Seed(Derivation.child(key, name), this, SeedText.segment(name), false);
  }

  /**
   * Returns the child of this index.
   *
   * @param index any number, negative ones too
   * @return the child
   */
  public Seed child(long index) {
    return new Seed(Derivation.child(key, index), this, Long.toString(index), false);
  }

  /**
   * Returns the children 0 to {@code count - 1}. A shorter list is a prefix of a longer one, so eight workers
   * keep their seeds when eight more join.
   *
   * @param count how many, zero or more
   * @return the children in order of index; cannot be modified
   * @throws IllegalArgumentException if the count is negative
   */
  public List<Seed> spawn(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative; got " + count
          + ". Say how many children you want, 0 or more.");
    }
    return LongStream.range(0, count).mapToObj(this::child).toList();
  }

  /**
   * Returns the identity of this seed.
   *
   * @return a copy of the 32 bytes from which children and streams derive
   */
  public byte[] key() {
    return key.clone();
  }

  /**
   * Opens this seed's stream: xoshiro256++ whose state is the SHA-256 digest. It is the fast one, for all
   * ordinary use. Each call returns a new stream at its start.
   *
   * @return a stream
   */
  public RandomStream stream() {
    return XoshiroStream.of(Derivation.stream(key));
  }

  /**
   * Opens this seed's addressable stream: Philox4x64-10, any position of which is reached at once. Its numbers
   * are not those of {@link #stream()}. Each call returns a new stream at its start.
   *
   * @return a stream
   */
  public AddressableStream addressable() {
    return AddressableStream.of(Derivation.addressable(key));
  }

  /**
   * Returns a 64-bit seed for a library that takes only a number. It is no number of this seed's streams.
   *
   * <p>64 bits collide where 256 do not: among a million seeds the chance that any two give the same number is
   * 3e-8, and it reaches one half at five billion.
   *
   * @return a number derived from this seed
   */
  public long toLong() {
    return Derivation.word(Derivation.narrowLong(key), 0);
  }

  /**
   * Returns a 32-bit seed for a library that takes only an {@code int}. It is not a part of {@link #toLong()}.
   *
   * <p>32 bits collide soon: the chance that any two seeds give the same number is 1 % among 9,300 seeds and
   * one half among 77,000. Use {@link #toLong()} where the library lets you.
   *
   * @return a number derived from this seed, of either sign
   */
  public int toInt() {
    return (int) Derivation.word(Derivation.narrowInt(key), 0);
  }

  /**
   * Compares keys: how a seed was written, and whether it is replayable, do not matter.
   *
   * @param other anything
   * @return whether the other is a seed with the same key
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Seed seed && Arrays.equals(seed.key, key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /**
   * Returns this seed in words that {@link #parse(String)} reads: the root, then each name or index after a
   * slash, as in {@code 42/weights/3}. Names other than plain words stand in double quotes, with {@code \"},
   * {@code \\} and {@code \}{@code uXXXX}. The text is ASCII without single quotes.
   *
   * @return the text
   */
  @Override
  public String toString() {
    Deque<String> segments = new ArrayDeque<>();
    for (Seed seed = this; seed != null; seed = seed.parent) {
      segments.push(seed.segment);
    }
    return String.join("/", segments);
  }

  /**
   * Writes the text of this seed, and whether it is replayable, in its place.
   *
   * @return what is written
   */
  private Object writeReplace() {
    return new Serialized(toString(), replayable);
  }

  /**
   * Refuses: what was written is not a seed but its text.
   *
   * @param in not used
   * @throws InvalidObjectException always
   */
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a seed is read through its text");
  }

  private record Serialized(String text, boolean replayable) implements Serializable {
    private Object readResolve() {
      Seed seed = parse(text);
      return new Seed(seed.key, seed.parent, seed.segment, replayable);
    }
  }
}
