/**
 * Streams as the random generators of other libraries.
 *
 * <p>{@link dev.stet.random.CommonsMathGenerator} is a {@code RandomGenerator} of Commons Math 3, and
 * {@link dev.stet.random.CommonsRngGenerator} a {@code UniformRandomProvider} of Commons RNG. Each is a view: it
 * draws from the stream, whose draws it counts, and holds nothing itself. For {@code java.util.Random} there is
 * {@link dev.stet.seeds.RandomStream#asRandom()}; a {@code java.util.random.RandomGenerator} a stream already
 * is. A library that takes only a number gets {@link dev.stet.seeds.Seed#toLong()}.
 *
 * <p>The numbers that a view gives are those of the stream and frozen with it. What a library computes from them
 * is that library's own and may change with its version.
 *
 * <p>Depends on {@code dev.stet.seeds} alone. Commons RNG is an optional dependency: its view needs
 * {@code commons-rng-client-api} on the class path, and nothing else here does.
 */
@NullMarked
package dev.stet.random;

import org.jspecify.annotations.NullMarked;
