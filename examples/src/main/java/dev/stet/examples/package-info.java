/** Numbered programs to read and run: each is one main class, and the build runs them all. */
@NullMarked
package dev.stet.examples;

import org.jspecify.annotations.NullMarked;
