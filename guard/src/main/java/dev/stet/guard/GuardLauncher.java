package dev.stet.guard;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program in the guarded class loader: {@code java -cp ... dev.stet.guard.GuardLauncher --mode=replace,sequential
 * com.acme.Main arguments}. Options are those of {@link GuardOptions#parse(String)} after two dashes, or in {@code
 * -Dstet.guard}. Programs are those that {@code java} starts: with a {@code public static void main(String[])}, their own or
 * inherited, and from JDK 25 on with any {@code main} that is not private, of an object or without parameters too.
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
    Class<?> type = type(loader, arguments[first]);
    Method main = main(type);
    if (main == null) {
      throw new IllegalArgumentException(
          type.getName() + " has no static method main(String[]). Give the name of a main class.");
    }
    main.setAccessible(true); // its class need not be public
    Class.forName(type.getName(), true, type.getClassLoader()); // even if main is another's
    try {
      Object program = Modifier.isStatic(main.getModifiers()) ? null : made(type);
      if (main.getParameterCount() == 0) {
        main.invoke(program);
      } else {
        main.invoke(program, (Object) Arrays.copyOfRange(arguments, first + 1, arguments.length));
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Class<?> type(GuardedLoader loader, String name) {
    try {
      return loader.loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "there is no class " + name + " on the class path. Give the name of a main class.", e);
    }
  }

  /** The main that {@code java} of this version calls: JEP 512 from 25 on. */
  private static @Nullable Method main(Class<?> type) {
    Method main;
    try {
      main = type.getMethod("main", String[].class);
    } catch (NoSuchMethodException e) {
      main = null;
    }
    if (Runtime.version().feature() < 25) {
      return isMain(main, Modifier.STATIC) ? main : null;
    }
    if (main == null) {
      main = anyMain(type, true, String[].class);
    }
    if (!isMain(main, 0)) {
      main = anyMain(type, true);
    }
    return isMain(main, 0) ? main : null;
  }

  private static boolean isMain(@Nullable Method main, int needed) {
    return main != null
        && main.getReturnType() == void.class
        && (main.getModifiers() & (Modifier.PRIVATE | needed)) == needed;
  }

  /** Of the class, else of what it extends, else of an interface, whose static methods are not inherited. */
  private static @Nullable Method anyMain(Class<?> type, boolean statics, Class<?>... parameters) {
    try {
      Method main = type.getDeclaredMethod("main", parameters);
      if (statics || !Modifier.isStatic(main.getModifiers())) {
        return main;
      }
    } catch (NoSuchMethodException e) {
      // It may be inherited.
    }
    Class<?> parent = type.getSuperclass();
    Method main = parent == null ? null : anyMain(parent, statics, parameters);
    for (Class<?> one : type.getInterfaces()) {
      main = main == null ? anyMain(one, false, parameters) : main;
    }
    return main;
  }

  private static Object made(Class<?> type) throws ReflectiveOperationException {
    boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    if (!inner && !Modifier.isAbstract(type.getModifiers())) {
      try {
        Constructor<?> constructor = type.getDeclaredConstructor();
        if (!Modifier.isPrivate(constructor.getModifiers())) {
          constructor.setAccessible(true);
          return constructor.newInstance();
        }
      } catch (NoSuchMethodException e) {
        // As below.
      }
    }
    throw new IllegalArgumentException(type.getName()
        + " has a main that is not static, and cannot be made to call it. Give a class, not abstract and not an"
        + " inner one, with a constructor without parameters that is not private.");
  }
}
