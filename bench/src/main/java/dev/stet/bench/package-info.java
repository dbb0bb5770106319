/** Benchmarks. */
package dev.stet.bench;
