/**
 * Seeds and random streams whose numbers never change.
 *
 * <p>A {@link dev.stet.seeds.Seed} is a value: the root of randomness, or one of its children by name or index.
 * It opens two kinds of {@link dev.stet.seeds.RandomStream}: the fast default, xoshiro256++, and the
 * {@link dev.stet.seeds.AddressableStream}, Philox4x64-10, of which any position is reached at once. Both are a
 * {@code java.util.random.RandomGenerator}, and either can be seen as a {@code java.util.Random}.
 *
 * <h2>What is frozen</h2>
 *
 * <p>Scheme version 1, specified in {@code docs/seeds.md} with vectors: the text of a seed, its key, the words
 * of its streams, the text of a stream's state, and every number derived from words: integers, bounded
 * integers, floats, doubles, booleans, bytes, gaussians, exponentials, shuffles, permutations, samples. They
 * are the same on every JVM from 17 on, on every processor, with any locale and any flags, in every version of
 * this library. A defect found later stays; its remedy would be a new scheme beside this one, with a tag of its
 * own.
 *
 * <h2>What is not promised</h2>
 *
 * <p>Error messages, speed, {@code hashCode}, and the Java serialized form across versions. That a default
 * method which a future JDK adds to {@code RandomGenerator} gives the same numbers on every JDK, until a version
 * of this library overrides it. Secrecy: nothing here is cryptography.
 *
 * <h2>Dependencies</h2>
 *
 * <p>This package depends on {@code java.base} alone, and on nothing else of Stet.
 */
@NullMarked
package dev.stet.seeds;

import org.jspecify.annotations.NullMarked;
