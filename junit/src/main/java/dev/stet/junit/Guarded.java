package dev.stet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lets the guard watch a test method for randomness, time and order that are not the test's own.
 *
 * <pre>{@code
 * @Test
 * @Guarded
 * void drawsFromItsSeedAlone() { ... }
 * }</pre>
 *
 * <p>A guard must be active in the JVM of the tests ({@code stet-guard}; its page says how). If none is, the test fails and
 * says how to add one, unless {@link #ifAvailable} lets it run unguarded. What the guard does besides watching, such as
 * putting streams in the place of unseeded generators, is set where it is installed.
 *
 * <p>Findings are report entries, also of a test that fails by itself. Only what the method itself does is watched, and not
 * what comes before and after it; of a test factory, also each dynamic test. A test with a {@link dev.stet.Trial} is watched
 * as that trial and its reruns. What is seen of the experiments that a test runs, on its own thread, on those that it
 * starts, and in forked JVMs, counts as the test's.
 *
 * <p>On a class it holds for all its tests, those of nested and derived classes too.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith({RunningTestExtension.class, StetExtension.class})
public @interface Guarded {
  /**
   * What findings do to the test.
   *
   * @return {@link Findings#FAIL}, if nothing is said
   */
  Findings value() default Findings.FAIL;

  /**
   * Whether the test runs all the same where no guard is active.
   *
   * @return false, if nothing is said
   */
  boolean ifAvailable() default false;

  /** What findings do to a test. */
  enum Findings {
    /** Defects and risks fail the test; information, and what was replaced by a stream of the test, does not. */
    FAIL,
    /** They are report entries alone. */
    REPORT
  }
}
