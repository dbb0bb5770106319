package dev.stet;

/**
 * What came of a trial.
 *
 * @param run its result: that of the last attempt
 * @param reused whether it was taken from a record
 * @param attempts how often it was run now
 */
record Outcome(Run run, boolean reused, int attempts) {}
