package dev.stet.junit;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

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
    String name = name(parameter.getParameter());
    if (!name.matches("[A-Za-z0-9._-]*")) {
      throw new ParameterResolutionException(
          "the name in @BaselineFile becomes part of a file's name and may hold letters, digits,"
              + " dots, hyphens and underscores; got \"" + name + "\".");
    }
    if (name.matches("[0-9]+")) {
      throw new ParameterResolutionException(
          "a number in the name of a baseline's file is that of an"
              + " invocation, so the name in @BaselineFile needs more than digits; got \"" + name
              + "\". Say what it holds, such as @BaselineFile(\"loss\").");
    }
    requireOnce(parameter.getDeclaringExecutable(), name);
    return file(TestName.of(context), name);
  }

  private static String name(Parameter parameter) {
    return AnnotationSupport.findAnnotation(parameter, BaselineFile.class)
        .map(BaselineFile::value)
        .orElse("");
  }

  /** There are file systems that do not tell small letters from capital ones. */
  private static void requireOnce(Executable method, String name) {
    long same = Arrays.stream(method.getParameters())
        .filter(other -> AnnotationSupport.isAnnotated(other, BaselineFile.class))
        .filter(other -> name(other).equalsIgnoreCase(name))
        .count();
    if (same > 1) {
      throw new ParameterResolutionException(same + " parameters of " + method.getName()
          + " ask for the baseline \"" + name
          + "\", and would have one file. Give each a name of its own, such as"
          + " @BaselineFile(\"loss\").");
    }
  }

  /** The invocations of a class are folders: no nested class has a number as its name. */
  private static Path file(TestName test, String name) {
    String file = test.inFile() + (name.isEmpty() ? "" : "-" + name) + ".json";
    Path folder = TestFolders.resources(test.type());
    try {
      folder = folder.resolve(test.type().getName().replace('.', '/').replace('$', '/'));
      for (int number : test.classInvocations()) {
        folder = folder.resolve(String.valueOf(number));
      }
      return readable(folder.resolve(file));
    } catch (InvalidPathException e) {
      throw new ParameterResolutionException(
          "the baseline " + file + " of " + test.words() + " cannot be named in this JVM, in which"
              + " names of files are in " + System.getProperty("sun.jnu.encoding")
              + ". Start it in a locale with Unicode, such as LC_ALL=C.UTF-8.",
          e);
    }
  }

  /** As short as it can be where messages show it: builds start tests in the folder of the module. */
  private static Path readable(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }
}
