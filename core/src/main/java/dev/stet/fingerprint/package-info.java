/** Facets, canonical form, environment capture and diff. */
@NullMarked
package dev.stet.fingerprint;

import org.jspecify.annotations.NullMarked;
