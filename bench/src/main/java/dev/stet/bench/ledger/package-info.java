/** What a ledger costs: records forced to the disk in a second, and finding the best of a million runs. */
package dev.stet.bench.ledger;
