package dev.stet.guard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The guard of this JVM: whether it is on, and how to turn it on.
 *
 * <pre>{@code
 * java -javaagent:stet-guard.jar=mode=replace -cp ... com.acme.Main         // an agent
 * java -cp ... dev.stet.guard.GuardLauncher --mode=replace com.acme.Main     // no agent: a class loader
 * Run run = Guard.inside(GuardOptions.observe(), RunDigits.class);           // in this JVM, one class and all it uses
 * java -cp ... dev.stet.guard.GuardBuild target/classes                      // before the program runs
 * }</pre>
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class Guard {
  private static final List<Carrier> CARRIERS = new ArrayList<>();
  private static volatile @Nullable Carrier current;
  private static volatile String why =
      "nothing started it; run with -javaagent:stet-guard.jar, start your program with "
          + "dev.stet.guard.GuardLauncher, or call Guard.inside";

  /** Why options that were given for classes rewritten before the program ran are refused; null if they are not. */
  private static @Nullable String refused;

  static {
    guardWhatWasBuilt();
  }

  private Guard() {}

  /** Classes that were rewritten before the program ran are guarded from the beginning, below every other carrier. */
  private static void guardWhatWasBuilt() {
    try {
      List<BuildMarker> markers = BuildMarker.all(Guard.class.getClassLoader());
      if (!markers.isEmpty()) {
        install(BuildMarker.carrier(markers, System.getProperty(GuardOptions.PROPERTY, "")));
        ThreadSeed.reach();
        Probe.reach();
      }
    } catch (IOException e) {
      why = "what tells of rewritten classes cannot be read: " + e.getMessage();
    } catch (IllegalArgumentException e) {
      refused = e.getMessage();
    }
  }

  /** What rewrites classes, with its options and what it cannot see. */
  record Carrier(String name, GuardOptions options, Transformer transformer, List<String> limits) {
    Carrier(String name, GuardOptions options, Transformer transformer) {
      this(name, options, transformer, List.of());
    }
  }

  /**
   * Returns what the guard does about what it sees.
   *
   * @return the mode; empty if the guard is not on
   */
  public static Optional<GuardMode> mode() {
    return Optional.ofNullable(options()).map(GuardOptions::mode);
  }

  /**
   * Says in words whether trials in this JVM are guarded.
   *
   * @return such as {@code guarded: agent, mode=observe, 12 classes rewritten}, or {@code not guarded, because ...}
   */
  public static String status() {
    Carrier carrier = current;
    if (carrier == null) {
      return "not guarded, because " + why;
    }
    Transformer transformer = carrier.transformer;
    return "guarded: " + carrier.name + ", " + carrier.options + ", "
        + plural(transformer.rewritten.get()) + " rewritten";
  }

  /**
   * Loads a class and all it uses anew, guarded, and calls it there. Needs no agent and no flag.
   *
   * <p>What it returns is of the JDK, of Stet or plain data: a class of yours in there is not the class of that name out
   * here. Classes of the JDK and of Stet are shared.
   *
   * @param options what the guard does
   * @param work a class with a constructor without parameters
   * @param <T> what it returns
   * @return what it returned
   * @throws Exception what it threw
   * @throws IllegalArgumentException if the class cannot be made
   */
  public static <T> T inside(GuardOptions options, Class<? extends Callable<T>> work)
      throws Exception {
    try (GuardedLoader loader =
        GuardedLoader.of(options, requireNonNull(work, "work").getClassLoader())) {
      return loader.call(work);
    }
  }

  /**
   * Attaches the agent to this JVM, which is already running. Classes that are loaded are rewritten; generators that they
   * made before are found by looking through static fields. Where a JVM cannot be attached to, nothing happens, and {@link
   * #status()} says why. From JDK 21 on the JVM prints a warning unless it was started with {@code
   * -XX:+EnableDynamicAgentLoading}.
   *
   * @param options what the guard does
   * @return whether trials are guarded now
   */
  public static boolean attach(GuardOptions options) {
    requireNonNull(options, "options");
    if (current == null) {
      String problem = SelfAttach.attach(options);
      if (problem != null) {
        why = problem;
      }
    }
    return current != null;
  }

  /** Puts a carrier on top; the agent stays below whatever is opened later. */
  static synchronized void install(Carrier carrier) {
    CARRIERS.add(carrier);
    current = carrier;
  }

  static synchronized void remove(Carrier carrier) {
    CARRIERS.remove(carrier);
    current = CARRIERS.isEmpty() ? null : CARRIERS.get(CARRIERS.size() - 1);
  }

  static boolean hasAgent() {
    return named(GuardAgent.NAME).isPresent();
  }

  private static synchronized Optional<Carrier> named(String name) {
    return CARRIERS.stream().filter(one -> one.name.equals(name)).findFirst();
  }

  /** What guards a JVM that this one starts, as this one is guarded. */
  static List<String> jvmOptions() {
    Carrier carrier = carrier();
    List<String> given = agentArgument();
    if (!given.isEmpty() || carrier == null || carrier.name.equals(BuildMarker.CARRIER)) {
      return given;
    }
    return ClassLoader.getSystemClassLoader().equals(Guard.class.getClassLoader())
        ? List.of("-javaagent:" + AgentJar.forChildren() + "=" + carrier.options)
        : List.of(); // an agent can only be of the system class loader
  }

  private static List<String> agentArgument() {
    return hasAgent() ? AgentArgument.ofThisJvm() : List.of();
  }

  /** What the settings are in a JVM that this one starts, if the agent does there what it is known to do. */
  static Map<String, Object> childSettings() {
    Carrier carrier = carrier();
    if (carrier == null) {
      return Map.of();
    }
    if (jvmOptions().isEmpty()) {
      return named(BuildMarker.CARRIER).map(Guard::settings).orElse(Map.of());
    }
    GuardOptions options = agentArgument().isEmpty()
        ? carrier.options
        : named(GuardAgent.NAME).orElse(carrier).options;
    return settings(options, GuardAgent.NAME, options.replaces(), true);
  }

  static @Nullable GuardOptions options() {
    Carrier carrier = carrier();
    return carrier == null ? null : carrier.options;
  }

  /** Null while trials are not guarded. */
  private static @Nullable Carrier carrier() {
    Carrier carrier = current;
    if (carrier == null && refused != null) {
      throw new IllegalArgumentException(refused);
    }
    return carrier;
  }

  /** Nothing while no carrier is there. */
  static Map<String, Object> settings() {
    Carrier carrier = carrier();
    return carrier == null ? Map.of() : settings(carrier);
  }

  private static Map<String, Object> settings(Carrier carrier) {
    return settings(
        carrier.options, carrier.name, JdkPatches.isSaltPinned(), ThreadSeed.isReachable());
  }

  private static Map<String, Object> settings(
      GuardOptions options, String carrier, boolean saltPinned, boolean threadSeeds) {
    Map<String, Object> settings = new TreeMap<>(options.settings());
    settings.put("carrier", carrier);
    settings.put("saltPinned", saltPinned);
    settings.put("threadSeeds", threadSeeds);
    return settings;
  }

  /** What is not seen in this JVM, whichever trial runs. */
  static List<String> limits() {
    List<String> limits = new ArrayList<>();
    Carrier carrier = current;
    limits.add(
        Probe.isReachable()
            ? "Reflection, the inside of the JDK and native code are not seen; of what they used, unseeded generators"
                + " were counted."
            : "Reflection, the inside of the JDK and native code are not seen, and nothing of what they used was"
                + " counted, because java.base is not open to the guard: the agent opens it.");
    if (!JdkPatches.isSaltPinned()) {
      limits.add(
          "The order of Set.of and Map.of changes from JVM to JVM and is not seen; the agent with mode=replace"
              + " pins it.");
    }
    if (carrier != null) {
      Transformer transformer = carrier.transformer;
      count(
          limits,
          transformer.invisible.get(),
          " with call sites that matter is of a class loader that does not see the guard",
          " with call sites that matter are of class loaders that do not see the guard");
      count(
          limits,
          transformer.newer.get(),
          " with call sites that matter has a class file version newer than the guard knows",
          " with call sites that matter have a class file version newer than the guard knows");
      count(limits, transformer.failed.get(), " could not be rewritten", " could not be rewritten");
      limits.addAll(carrier.limits);
    }
    return limits;
  }

  private static void count(List<String> limits, int count, String one, String many) {
    if (count > 0) {
      limits.add(
          plural(count) + (count == 1 ? one + " and was" : many + " and were") + " left alone.");
    }
  }

  private static String plural(int count) {
    return count == 1 ? "1 class" : count + " classes";
  }
}
