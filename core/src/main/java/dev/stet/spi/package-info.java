/**
 * Where another module meets a trial: whoever watches trials for what is not their own, and whoever runs the tests that they
 * are in.
 *
 * <p>A {@link dev.stet.spi.TrialWatcher} is found by {@link java.util.ServiceLoader}. It is told before each trial's body
 * and after it, and answers with an {@link dev.stet.spi.Observation}: the {@linkplain dev.stet.spi.Finding findings}, and
 * what it could not see.
 *
 * <p>A {@link dev.stet.spi.RunningTest} is what assertions tell a user to run again.
 *
 * <p><b>What may depend on what.</b> This package sees only {@code dev.stet.seeds}. The ledger keeps findings and the
 * front door reports them.
 *
 * <p><b>Stable</b> within a major version: {@link dev.stet.spi.Finding} and {@link dev.stet.spi.Observation} as values to
 * read. Kinds may be added.
 */
@NullMarked
package dev.stet.spi;

import org.jspecify.annotations.NullMarked;
