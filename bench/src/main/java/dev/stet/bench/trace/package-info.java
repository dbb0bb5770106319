/** What recording costs. */
package dev.stet.bench.trace;
