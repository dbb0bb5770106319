package dev.stet.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test the place of its baseline: a parameter of type {@link java.nio.file.Path}.
 *
 * <pre>{@code
 * @Test
 * void accuracyStillHolds(@BaselineFile Path baseline) {
 *   assertReplicates(baseline, DIGITS.study(CONFIG), "accuracy", Margin.absolute(0.01));
 * }
 * }</pre>
 *
 * <p>The file is {@code src/test/resources/com/acme/DigitsTest/accuracyStillHolds.json} in the module that holds the test,
 * found from where its classes lie and not from the working folder. A nested class is a folder in that of its outer one; an
 * invocation of a parameterized test has {@code -1}, {@code -2} and so on before the ending, as the invocations are numbered.
 *
 * <p>Invocation 2 of a parameterized class is a folder, {@code DigitsTest/2}. Where several tests of a class have one name, or a
 * name has what no file should have, eight digits tell the files apart: {@code accuracyStillHolds-1f2e3d4c.json}.
 *
 * <p>The file need not exist: the assertions say how it is written, and write it only with {@code -Dstet.baseline=write};
 * folders are made then.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@ExtendWith({RunningTestExtension.class, BaselineFileExtension.class})
public @interface BaselineFile {
  /**
   * Tells several baselines of one test apart: {@code method-value.json}.
   *
   * @return letters, digits, dots, hyphens and underscores, not digits alone; empty for the only one
   */
  String value() default "";
}
