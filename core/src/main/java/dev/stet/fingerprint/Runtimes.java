package dev.stet.fingerprint;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;

/** The JVM: what of it can change the bits of a result, or the order of a collection. */
final class Runtimes {
  private static final List<String> PROPERTIES = List.of(
      "java.runtime.version",
      "java.vm.name",
      "java.vm.vendor",
      "java.vm.version",
      "java.version",
      "java.vm.info");

  /**
   * Options of HotSpot that change the bits of floating-point results (intrinsics of the mathematical library, vector
   * width, when compiled code takes over from the interpreter), or identity hash codes.
   */
  private static final List<String> OPTIONS = List.of(
      "ActiveProcessorCount",
      "CompactStrings",
      "EnableVectorSupport",
      "MaxVectorSize",
      "TieredCompilation",
      "TieredStopAtLevel",
      "UseAES",
      "UseAVX",
      "UseCompactObjectHeaders",
      "UseCompiler",
      "UseContainerSupport",
      "UseEpsilonGC",
      "UseFMA",
      "UseG1GC",
      "UseInterpreter",
      "UseJVMCICompiler",
      "UseLibmIntrinsic",
      "UseParallelGC",
      "UseSSE",
      "UseSVE",
      "UseSerialGC",
      "UseSharedSpaces",
      "UseShenandoahGC",
      "UseSignumIntrinsic",
      "UseSuperWord",
      "UseVectorStubs",
      "UseZGC",
      "BackgroundCompilation",
      "hashCode");

  private Runtimes() {}

  static Map<String, Object> tree() {
    TreeMap<String, Object> tree = new TreeMap<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      // Whether the class-data archive is in use is written into java.vm.info and is an option of
      // its own below.
      tree.put(
          name,
          value == null ? new NotCaptured(name + " is not set") : value.replace(", sharing", ""));
    }
    tree.put("options", options());
    tree.put("garbageCollectors", collectors());
    tree.put("agents", agents(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    tree.put("processors", Runtime.getRuntime().availableProcessors());
    tree.put("commonPoolParallelism", ForkJoinPool.getCommonPoolParallelism());
    tree.put(
        "vectorModule", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    tree.put("guard", false);
    return Collections.unmodifiableMap(tree);
  }

  private static Object options() {
    HotSpotDiagnosticMXBean machine;
    try {
      machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    } catch (IllegalArgumentException | LinkageError e) {
      return new NotCaptured("this JVM does not tell its options");
    }
    if (machine == null) {
      return new NotCaptured("this JVM does not tell its options");
    }
    TreeMap<String, Object> options = new TreeMap<>();
    for (String name : OPTIONS) {
      try {
        VMOption option = machine.getVMOption(name);
        boolean chosen = option.getOrigin() != VMOption.Origin.DEFAULT;
        options.put(name, new TreeMap<>(Map.of("value", option.getValue(), "chosen", chosen)));
      } catch (IllegalArgumentException e) {
        // This JVM has no such option: options come and go with versions, and the version is
        // recorded.
        options.remove(name);
      }
    }
    return Collections.unmodifiableMap(options);
  }

  private static List<Object> collectors() {
    List<Object> names = new ArrayList<>();
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      names.add(collector.getName());
    }
    return Collections.unmodifiableList(names);
  }

  /** Agents by file name and content; the options behind the equals sign may hold anything and are not read. */
  static List<Object> agents(List<String> arguments) {
    List<Object> agents = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("-javaagent:")) {
        agents.add(javaAgent(argument.substring("-javaagent:".length())));
      } else if (argument.startsWith("-agentpath:") || argument.startsWith("-agentlib:")) {
        String value = argument.substring(argument.indexOf(':') + 1).split("=", 2)[0];
        agents.add(
            Map.of("native", value.substring(value.replace('\\', '/').lastIndexOf('/') + 1)));
      }
    }
    return Collections.unmodifiableList(agents);
  }

  private static Object javaAgent(String value) {
    Path jar = Path.of(value.split("=", 2)[0]);
    String file = String.valueOf(jar.getFileName());
    try {
      return new TreeMap<>(Map.of("jar", file, "sha256", DataDigest.sha256(jar)));
    } catch (IOException e) {
      return new NotCaptured("the jar of the agent " + file + " cannot be read");
    }
  }
}
