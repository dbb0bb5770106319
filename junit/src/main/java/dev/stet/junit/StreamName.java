package dev.stet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a stream given to a {@link Replayable} test is for. It depends on the test's seed and this name alone, as {@link
 * dev.stet.Trial#random(String, long...)} does: not on the order of parameters, nor on other streams.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface StreamName {
  /**
   * What the stream is for.
   *
   * @return a name, not empty
   */
  String value();

  /**
   * Which one of that name.
   *
   * @return none for the only one
   */
  long[] index() default {};
}
