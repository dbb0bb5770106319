package dev.stet;

import dev.stet.seeds.Seed;

/**
 * One trial of a study, or of one of the studies of a sweep.
 *
 * @param execution what to run
 * @param study which study it belongs to
 * @param place the place of its seed in that study
 * @param seed its seed
 */
record Job<C>(Execution<C> execution, int study, int place, Seed seed) {}
