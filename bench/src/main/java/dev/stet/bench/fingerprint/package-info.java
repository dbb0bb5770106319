/** Benchmarks of fingerprints. */
package dev.stet.bench.fingerprint;
