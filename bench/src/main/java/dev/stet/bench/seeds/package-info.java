/** What seeds and streams cost, beside what people use today. */
package dev.stet.bench.seeds;
