/** What the front door costs: a study of trials that do nothing, and a stream opened through a trial. */
@NullMarked
package dev.stet.bench.study;

import org.jspecify.annotations.NullMarked;
