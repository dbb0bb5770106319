package dev.stet.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Tells tests where their baselines lie. */
final class BaselineFileExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(BaselineFile.class);
  }

  @Override
  public Path resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() != Path.class) {
      throw new ParameterResolutionException("@BaselineFile is for a parameter of type Path; got "
          + parameter.getParameter().getType().getSimpleName() + ".");
    }
    if (context.getTestMethod().isEmpty()
        || !parameter.getDeclaringExecutable().equals(context.getRequiredTestMethod())) {
      throw new ParameterResolutionException(
          "a baseline belongs to one test: ask for it in the parameters of the test method; got "
              + parameter.getDeclaringExecutable().getName() + ".");
    }
    String name =
        parameter.findAnnotation(BaselineFile.class).map(BaselineFile::value).orElse("");
    if (!name.matches("[A-Za-z0-9._-]*")) {
      throw new ParameterResolutionException(
          "the name in @BaselineFile becomes part of a file's name and may hold letters, digits,"
              + " dots, hyphens and underscores; got \"" + name + "\".");
    }
    return file(TestName.of(context), name);
  }

  private static Path file(TestName test, String name) {
    Path folder = TestFolders.resources(test.type())
        .resolve(test.type().getName().replace('.', '/').replace('$', '/'));
    return readable(folder.resolve(test.inFile() + (name.isEmpty() ? "" : "-" + name) + ".json"));
  }

  /** As short as it can be where messages show it: builds start tests in the folder of the module. */
  private static Path readable(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }
}
