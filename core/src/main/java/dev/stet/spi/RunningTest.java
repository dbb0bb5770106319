package dev.stet.spi;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A test, as the command that runs it again names it. A test framework says which one a thread runs, since an assertion
 * sees only the method that called it: that one may be inherited, or help several tests.
 *
 * <pre>{@code
 * try (RunningTest.Scope running = RunningTest.of("NetTest.trains", "com.acme.NetTest#trains", module).begin()) {
 *   test.run();
 * }
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads. What has begun belongs to its thread; threads that it starts know
 * nothing of it, since pools keep threads for tests that come later.
 *
 * @since 0.1
 */
public final class RunningTest {
  private static final ThreadLocal<@Nullable RunningTest> HERE = new ThreadLocal<>();

  private final String name;
  private final String selector;
  private final Path module;

  private RunningTest(String name, String selector, Path module) {
    this.name = requireNonNull(name, "name");
    this.selector = requireNonNull(selector, "selector");
    this.module = requireNonNull(module, "module").toAbsolutePath().normalize();
  }

  /**
   * Returns a test.
   *
   * @param name its name for people
   * @param selector what Surefire selects it by: the full name of the class, {@code #} and the method
   * @param module the folder of the module that holds it
   * @return the test
   */
  public static RunningTest of(String name, String selector, Path module) {
    return new RunningTest(name, selector, module);
  }

  /**
   * Returns the test that this thread runs, as far as anybody has said so.
   *
   * @return the test that began last and has not ended
   */
  public static Optional<RunningTest> here() {
    return Optional.ofNullable(HERE.get());
  }

  /**
   * Says that this thread runs the test, until the scope is closed on it.
   *
   * @return the scope
   */
  public Scope begin() {
    RunningTest around = HERE.get();
    HERE.set(this);
    return () -> {
      if (around == null) {
        HERE.remove();
      } else {
        HERE.set(around);
      }
    };
  }

  /** How long a test runs. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Returns how the test is run again with a system property: as a command where Maven builds the module, else in words.
   *
   * @param property the name of the property
   * @param value its value, as its text
   * @return one line
   */
  public String again(String property, Object value) {
    String setting = "-D" + property + "=" + value;
    if (!Files.exists(module.resolve("pom.xml"))) {
      return name + " with " + setting;
    }
    return "mvn test" + part() + " " + quoted("-Dtest=" + selector) + " " + quoted(setting);
  }

  /** A shell would take the $ of a nested class for a variable, and the quotes of a name in a seed away. */
  private static String quoted(String argument) {
    boolean plain = argument.chars().allMatch(c -> c < 128 && c != '$' && c != '"' && c != ' ');
    return plain ? argument : "'" + argument + "'";
  }

  /** Where the project of several modules begins that lists this one; the modules before it hold no test of that name. */
  private String part() {
    Path project = module;
    for (Path above = module.getParent(); above != null; above = above.getParent()) {
      Path pom = above.resolve("pom.xml");
      if (lists(pom, path(above, project))) {
        project = above;
      } else if (Files.exists(pom)) {
        break;
      }
    }
    return project.equals(module)
        ? ""
        : " -pl " + path(project, module) + " -am -Dsurefire.failIfNoSpecifiedTests=false";
  }

  private static String path(Path from, Path to) {
    return from.relativize(to).toString().replace(File.separatorChar, '/');
  }

  /** A file that cannot be read lists nothing. */
  private static boolean lists(Path pom, String folder) {
    try {
      return Files.exists(pom)
          && new String(Files.readAllBytes(pom), StandardCharsets.UTF_8)
              .contains("<module>" + folder + "</module>");
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the test's name. */
  @Override
  public String toString() {
    return name;
  }
}
