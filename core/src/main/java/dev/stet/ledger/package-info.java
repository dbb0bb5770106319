/**
 * Runs on record: a directory that holds every run from the moment it starts, whatever becomes of its process.
 *
 * <p>{@link dev.stet.ledger.Ledger#open} opens a directory. {@link dev.stet.ledger.Ledger#begin} puts a run on record
 * and returns once the disk has it; a {@link dev.stet.ledger.RunEntry} ends it once. {@link
 * dev.stet.ledger.Ledger#runs} and {@link dev.stet.ledger.Ledger#query} read {@link dev.stet.ledger.RunRecord}s, each
 * run once and in its latest state. Any number of threads and processes may do all of this at once.
 *
 * <p><b>What may depend on what.</b> This package sees {@code dev.stet.seeds}, {@code dev.stet.fingerprint} and {@code
 * dev.stet.trace}, and nothing else of the library.
 *
 * <p><b>Stable:</b> the format of the directory, which {@code docs/ledger.md} specifies and numbers.
 */
@NullMarked
package dev.stet.ledger;

import org.jspecify.annotations.NullMarked;
