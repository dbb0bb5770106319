package dev.stet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a test method as a trial, reruns it with the same seed, and fails if a rerun parts in one bit of what it records.
 *
 * <pre>{@code
 * @Test
 * @BitForBit(5)
 * void trains(Trial trial) {
 *   Net net = new Net(trial.random("weights"));
 *   trial.record("loss", net.train());
 * }
 * }</pre>
 *
 * <p>The failure names the first record that parted, as {@link dev.stet.Rerun#explain()} does. A method that fails by itself
 * is not rerun. One that records nothing fails: nothing was compared.
 *
 * <p><b>In this JVM</b> the method is called again on the same test object: methods before each test ran once, before the
 * first run. A field that a run has changed is found changed by the next. Whatever state an earlier run left in static
 * fields hides some divergences and makes others.
 *
 * <p><b>In fresh JVMs</b> a new test object is made by the constructor without parameters, and the method is called: nothing of
 * JUnit runs there. Refused are inner classes, invocations of a parameterized class, and classes with methods before or after
 * tests, with fields that are injected or with extensions that prepare tests; arguments of parameterized tests must be
 * serialisable. Where fresh JVMs are only the standard, such a test is rerun in this one, and the report entry {@code
 * stet.rerun.place} says why.
 *
 * <p>It brings {@link Replayable} along. Extensions that intercept the call of test methods and come after this one are not
 * asked: the method is called with the parameters of each run. A timeout holds for all runs together.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Replayable
public @interface BitForBit {
  /** As often as {@link dev.stet.Reruns#standard()} says. */
  int STANDARD = -1;

  /**
   * How many reruns after the first run.
   *
   * @return at least 1; {@link #STANDARD}, if nothing is said: one in this JVM, in continuous integration five in fresh JVMs, or in
   *     this one where the test cannot leave it
   */
  int value() default STANDARD;

  /**
   * Where the reruns run.
   *
   * @return in this JVM, if nothing is said and a number is
   */
  Jvm jvm() default Jvm.THIS;

  /** Where a rerun runs. */
  enum Jvm {
    /** In the JVM of the test. */
    THIS,
    /** Each in a JVM of its own; five if no number is given. */
    FRESH
  }
}
