package dev.stet.junit;

import dev.stet.seeds.Seed;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a test is run again with a seed. */
final class ReplayCommand {
  private ReplayCommand() {}

  static String of(TestName test, Seed seed) {
    String property = "-D" + Seed.PROPERTY + "=" + seed;
    Path module = TestFolders.module(test.type());
    if (!Files.exists(module.resolve("pom.xml"))) {
      return test.words() + " with " + property;
    }
    // A shell would take the $ of a nested class for a variable, and the quotes of a name in a seed
    // away.
    return "mvn test" + part(module) + " " + quoted("-Dtest=" + test.selector()) + " "
        + quoted(property);
  }

  private static String quoted(String argument) {
    boolean plain = argument.chars().allMatch(c -> c < 128 && c != '$' && c != '"' && c != ' ');
    return plain ? argument : "'" + argument + "'";
  }

  /** The modules before it hold no test of that name. */
  private static String part(Path module) {
    Path above = module.getParent();
    return above != null && Files.exists(above.resolve("pom.xml"))
        ? " -pl " + module.getFileName() + " -am -Dsurefire.failIfNoSpecifiedTests=false"
        : "";
  }
}
