package dev.stet.guard;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guard as a Java agent: {@code -javaagent:stet-guard.jar} or {@code -javaagent:stet-guard.jar=mode=replace,sequential},
 * with the options of {@link GuardOptions#parse(String)}. The JVM calls it.
 *
 * @since 0.1
 */
public final class GuardAgent {
  static final String NAME = "agent";

  private GuardAgent() {}

  /**
   * Starts the guard before the program.
   *
   * @param options options as text, or null
   * @param instrumentation from the JVM
   * @throws IllegalArgumentException if the options cannot be read
   * @throws IllegalStateException if the guard is there already, with other options
   */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation, false);
  }

  /**
   * Starts the guard in a running program.
   *
   * @param options options as text, or null
   * @param instrumentation from the JVM
   * @throws IllegalArgumentException if the options cannot be read
   * @throws IllegalStateException if the guard is there already, with other options
   */
  public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
    start(options, instrumentation, true);
  }

  private static void start(@Nullable String text, Instrumentation instrumentation, boolean late) {
    if (!hasCore()) {
      System.err.println("stet: not guarded, because stet-core is not on the class path.");
      return;
    }
    GuardOptions options = GuardOptions.parse(
        text == null || text.isBlank() ? System.getProperty(GuardOptions.PROPERTY, "") : text);
    if (Guard.hasAgent()) {
      GuardOptions there = Guard.options();
      if (!options.equals(there)) {
        throw new IllegalStateException(
            "the guard is installed already, with " + there + "; it cannot be installed again with "
                + options + ". Give one -javaagent with one set of options.");
      }
      return;
    }
    Transformer transformer = new Transformer(options.rewriting());
    open(instrumentation);
    instrumentation.addTransformer(transformer, true);
    if (options.replaces()) {
      JdkPatches.apply(instrumentation);
    }
    Sweep.use(instrumentation);
    if (late) {
      again(instrumentation, transformer);
    }
    Guard.install(new Guard.Carrier(NAME, options, transformer));
  }

  private static boolean hasCore() {
    try {
      Class.forName("dev.stet.spi.TrialWatcher", false, GuardAgent.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Opens to us what the probe, the sweep and the seeds of threads look at. */
  private static void open(Instrumentation instrumentation) {
    Module own = GuardAgent.class.getModule();
    Map<String, Set<Module>> opened = new HashMap<>();
    for (String name : new String[] {"java.lang", "java.util", "jdk.internal.misc"}) {
      opened.put(name, Set.of(own));
    }
    instrumentation.redefineModule(
        Object.class.getModule(), Set.of(), opened, opened, Set.of(), Map.of());
    ThreadSeed.reach();
    Probe.reach();
  }

  /** Rewrites what is loaded already. One class that cannot be rewritten keeps no other from it. */
  private static void again(Instrumentation instrumentation, Transformer transformer) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (!Transformer.isOfJdk(type.getClassLoader())
          && !type.isArray()
          && !type.isHidden()
          && instrumentation.isModifiableClass(type)) {
        loaded.add(type);
      }
    }
    for (Class<?> type : loaded) {
      try {
        instrumentation.retransformClasses(type);
      } catch (java.lang.instrument.UnmodifiableClassException | LinkageError e) {
        transformer.failed.incrementAndGet();
      }
    }
  }
}
