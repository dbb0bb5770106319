package dev.stet.guard;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/**
 * Starts a program in the guarded class loader: {@code java -cp ... dev.stet.guard.GuardLauncher --mode=replace,sequential
 * com.acme.Main arguments}. Options are those of {@link GuardOptions#parse(String)} after two dashes, or in {@code
 * -Dstet.guard}.
 *
 * @since 0.1
 */
public final class GuardLauncher {
  private GuardLauncher() {}

  /**
   * Starts the program.
   *
   * @param arguments options, the name of the main class, and its arguments
   * @throws Throwable what the program threw
   * @throws IllegalArgumentException if there is no such program
   */
  public static void main(String... arguments) throws Throwable {
    int first = 0;
    StringBuilder words = new StringBuilder();
    while (first < arguments.length && arguments[first].startsWith("--")) {
      words.append(words.isEmpty() ? "" : ",").append(arguments[first++].substring(2));
    }
    if (first == arguments.length) {
      throw new IllegalArgumentException(
          "GuardLauncher was given no program. Give the name of a main class: GuardLauncher [--mode=replace]"
              + " com.acme.Main [arguments].");
    }
    GuardOptions options = GuardOptions.parse(
        words.isEmpty() ? System.getProperty(GuardOptions.PROPERTY, "") : words.toString());
    ClassLoader system = ClassLoader.getSystemClassLoader();
    GuardedLoader loader = GuardedLoader.of(options, system); // for as long as the JVM runs
    Thread.currentThread().setContextClassLoader(loader);
    Method main = main(loader, arguments[first]);
    try {
      main.invoke(null, (Object) Arrays.copyOfRange(arguments, first + 1, arguments.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Method main(GuardedLoader loader, String name) {
    try {
      Method main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
      if (Modifier.isStatic(main.getModifiers())) {
        main.setAccessible(true);
        return main;
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "there is no class " + name + " on the class path. Give the name of a main class.", e);
    } catch (NoSuchMethodException e) {
      // As below.
    }
    throw new IllegalArgumentException(
        name + " has no static method main(String[]). Give the name of a main class.");
  }
}
