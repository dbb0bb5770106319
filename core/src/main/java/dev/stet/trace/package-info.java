/**
 * What a run recorded, bit by bit; how two such traces compare, and where and how they part.
 *
 * <p>A {@link dev.stet.trace.Recorder} takes records while a run goes on and ends in a {@link dev.stet.trace.Trace},
 * which is immutable. Two traces {@linkplain dev.stet.trace.Trace#compare compare} on raw bits.
 *
 * <p><b>What may depend on what.</b> This package sees {@code dev.stet.seeds} and nothing else of the library.
 *
 * <p><b>Stable:</b> the {@linkplain dev.stet.trace.Trace#digest() digest of a trace}, which baselines keep.
 */
@NullMarked
package dev.stet.trace;

import org.jspecify.annotations.NullMarked;
