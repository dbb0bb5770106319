/** Seeds and random streams whose numbers never change. */
@NullMarked
package dev.stet.seeds;

import org.jspecify.annotations.NullMarked;
