package dev.stet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test its seed, and makes a failure replayable.
 *
 * <pre>{@code
 * @Test
 * @Replayable
 * void meanIsNearZero(@StreamName("values") RandomStream values) { ... }
 * }</pre>
 *
 * <p><b>Parameters.</b> A test method, and a method before or after each test, may have a {@link dev.stet.seeds.Seed} and
 * streams, {@link dev.stet.seeds.RandomStream} or {@link dev.stet.seeds.AddressableStream}, each with its {@link
 * StreamName}. A test method may have a {@link dev.stet.Trial}: it is then run as the body of an experiment that has the
 * test's name, its streams are the trial's, and its fingerprint is a report entry.
 *
 * <p><b>Which seed.</b> The one in the system property {@code stet.seed} if that is set; else the seed of this annotation;
 * else the seed with which this test failed last, until it passes; else a fresh one. It is a report entry, {@code
 * stet.seed}.
 *
 * <p><b>Failures.</b> The failure of a test that was given its seed says how to run it again with it: in the message of an
 * {@code AssertionFailedError}, and attached as suppressed to anything else; where nothing can be attached, in a report entry,
 * {@code stet.replay}. A fresh seed that failed is kept in a small file
 * of its own below the build folder, or below the folder in the system property {@code stet.failing-seeds}, is tried first
 * next time, and is deleted when the test passes.
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
public @interface Replayable {
  /**
   * The seed, as it is printed: {@code "42"}, {@code "7/3"}.
   *
   * @return the text of a seed; empty for a fresh one each time
   */
  String value() default "";
}
