package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Libraries as they are published, used as their users use them: without a seed. JVMs of their own run all of them, and
 * the tests look at what each printed.
 */
class LibrariesTest {
  private static final String PROGRAM = "org.example.libraries.Libraries";
  private static final String TURNED = "mode=replace,sequential";

  @TempDir
  static Path directory;

  private static final Map<String, ChildJvm> RUNS = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    Map<String, Future<ChildJvm>> started = new TreeMap<>();
    ExecutorService two = Executors.newFixedThreadPool(2);
    String own = ChildJvm.java();
    String built = BuiltClassPath.in(directory.resolve("built"));
    started.put("plain 1", two.submit(() -> run(own, List.of(), PROGRAM)));
    started.put("plain 2", two.submit(() -> run(own, List.of(), PROGRAM)));
    started.put("observed by agent", two.submit(byAgent(own, "mode=observe")));
    started.put("observed by loader", two.submit(() -> byLoader(own, "mode=observe")));
    started.put("observed by build", two.submit(() -> byBuild(own, "mode=observe", built)));
    started.put("turned by build", two.submit(() -> byBuild(own, TURNED, built)));
    started.put("replaced", two.submit(byAgent(own, "mode=replace")));
    for (int i = 1; i <= 3; i++) {
      started.put("turned by agent " + i, two.submit(byAgent(own, TURNED)));
      started.put("turned by loader " + i, two.submit(() -> byLoader(own, TURNED)));
      Optional<String> other = ChildJvm.otherJava();
      if (other.isPresent()) {
        started.put("turned by agent, other JDK " + i, two.submit(byAgent(other.get(), TURNED)));
        started.put(
            "turned by loader, other JDK " + i, two.submit(() -> byLoader(other.get(), TURNED)));
      }
    }
    ChildJvm.otherJava()
        .ifPresent(other -> started.put(
            "turned by build, other JDK", two.submit(() -> byBuild(other, TURNED, built))));
    two.shutdown();
    for (Map.Entry<String, Future<ChildJvm>> one : started.entrySet()) {
      RUNS.put(one.getKey(), one.getValue().get());
    }
  }

  private static java.util.concurrent.Callable<ChildJvm> byAgent(String java, String options)
      throws IOException {
    String agent = ChildJvm.agent(Files.createTempDirectory(directory, "agent"), options);
    return () -> run(java, List.of(agent), PROGRAM);
  }

  private static ChildJvm byLoader(String java, String options) {
    return run(java, List.of("-Dstet.guard=" + options), GuardLauncher.class.getName(), PROGRAM);
  }

  private static ChildJvm byBuild(String java, String options, String classPath) {
    return runIn(classPath, java, List.of("-Dstet.guard=" + options), PROGRAM);
  }

  private static ChildJvm run(String java, List<String> options, String main, String... arguments) {
    return runIn(System.getProperty("java.class.path"), java, options, main, arguments);
  }

  private static ChildJvm runIn(
      String classPath, String java, List<String> options, String main, String... arguments) {
    List<String> all = new ArrayList<>(options);
    // Several threads on any machine, and none of Weka's files in the home directory.
    all.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=3");
    all.add("-DWEKA_HOME=" + directory.resolve("weka"));
    all.add("-Dweka.packageManager.loadPackages=false");
    ChildJvm child = ChildJvm.runIn(classPath, java, all, main, arguments);
    assertThat(child.exit()).as("%s", child.lines()).isZero();
    return child;
  }

  private static ChildJvm child(String name) {
    return java.util.Objects.requireNonNull(RUNS.get(name), name);
  }

  static List<String> all() {
    return List.of(
        "libsvm",
        "weka",
        "jsat-logistic",
        "jsat-network",
        "smile",
        "jenetics",
        "jenetics-pool",
        "commons-clusters",
        "commons-genetics",
        "jgrapht",
        "encog",
        "elki",
        "jmetal");
  }

  /** All but the pool whose threads keep generators of their own. */
  static List<String> replaceable() {
    return all().stream().filter(name -> !name.equals("jenetics-pool")).toList();
  }

  static List<String> replaceableWithoutSwitch() {
    return replaceable().stream().filter(name -> !name.equals("smile")).toList();
  }

  private static Set<String> results(String library, String runs) {
    Set<String> results = new HashSet<>();
    RUNS.forEach((name, child) -> {
      if (name.startsWith(runs)) {
        results.add(child.value(library));
      }
    });
    return results;
  }

  @ParameterizedTest
  @MethodSource("all")
  void differsFromRunToRun(String library) {
    Set<String> results = results(library, "plain");
    results.addAll(results(library, "observed"));
    results.add(child("plain 1").value(library + ".again"));

    assertThat(results).hasSizeGreaterThan(1).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          libsvm           | UNSEEDED_RANDOM | new Random() | libsvm.svm.<clinit>(svm.java:1298)
          weka             | UNSEEDED_RANDOM | new Random() | weka.classifiers.bayes.net.search.local.K2.search(K2.java:185)
          jsat-logistic    | UNSEEDED_RANDOM | Collections.shuffle(list) | jsat.classifiers.linear.LogisticRegressionDCD.trainC(LogisticRegressionDCD.java:240)
          jsat-network     | UNSEEDED_RANDOM | Collections.shuffle(list) | jsat.classifiers.neuralnetwork.BackPropagationNet.trainNN(BackPropagationNet.java:182)
          smile            | PARALLEL_ORDER  | LongStream.parallel() | smile.classification.RandomForest.fit(RandomForest.java:334)
          smile            | SECURE_RANDOM   | new SecureRandom | smile.math.MathEx.<clinit>(MathEx.java:126)
          jenetics         | UNSEEDED_RANDOM | RandomGeneratorFactory.create() | io.jenetics.util.RandomRegistry.<clinit>(RandomRegistry.java:174)
          commons-clusters | UNSEEDED_RANDOM | super() of java.util.Random | org.apache.commons.math3.random.JDKRandomGenerator.<init>(JDKRandomGenerator.java:36)
          commons-genetics | UNSEEDED_RANDOM | super() of java.util.Random | org.apache.commons.math3.random.JDKRandomGenerator.<init>(JDKRandomGenerator.java:36)
          jgrapht          | UNSEEDED_RANDOM | new Random() | org.jgrapht.generate.GnpRandomGraphGenerator.<init>(GnpRandomGraphGenerator.java:64)
          jgrapht          | UNSEEDED_RANDOM | new Random() | org.jgrapht.alg.color.RandomGreedyColoring.<init>(RandomGreedyColoring.java:45)
          encog            | UNSEEDED_RANDOM | new Random() | org.encog.mathutil.randomize.factory.BasicRandomFactory.<init>(BasicRandomFactory.java:48)
          elki             | SEED_FROM_CLOCK | seed from the clock, returned | elki.utilities.random.RandomFactory.getGlobalSeed(RandomFactory.java:62)
          jmetal           | SEED_FROM_CLOCK | new JavaRandomGenerator(clock) | org.uma.jmetal.util.pseudorandom.impl.JavaRandomGenerator.<init>(JavaRandomGenerator.java:17)
          """)
  void isNamedByTheLine(String library, String kind, String api, String place) {
    for (String carrier : List.of("agent", "loader", "build")) {
      assertThat(child("observed by " + carrier).values(library + ".found"))
          .as(carrier)
          .contains(kind + " OBSERVED " + api + " " + place);
    }
  }

  @ParameterizedTest
  @MethodSource("replaceable")
  void givesOneResultWhereTheGuardReplaces(String library) {
    assertThat(results(library, "turned by agent")).hasSize(1);
    assertThat(results(library, "turned by loader")).isEqualTo(results(library, "turned by agent"));
    assertThat(results(library, "turned by build")).isEqualTo(results(library, "turned by agent"));
  }

  @Test
  void wasRunOnTwoJdks() {
    assumeTrue(ChildJvm.otherJava().isPresent(), "no other JDK here");
    assertThat(RUNS).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "libsvm",
        "weka",
        "jsat-logistic",
        "jsat-network",
        "commons-clusters",
        "jgrapht",
        "encog"
      })
  void givesItToTheNextTrialOfTheJvmToo(String library) {
    for (ChildJvm child : RUNS.values()) {
      if (child.value("done").contains("mode=replace")) {
        assertThat(child.value(library + ".again")).isEqualTo(child.value(library));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("replaceableWithoutSwitch")
  void needsNoSequentialStreams(String library) {
    assertThat(results(library, "replaced")).isEqualTo(results(library, "turned by agent"));
  }

  @Test
  void smileNeedsSequentialStreamsAsStetSays() {
    String line =
        "LongStream.parallel() smile.classification.RandomForest.fit(RandomForest.java:334)";

    assertThat(child("replaced").values("smile.found")).contains("PARALLEL_ORDER OBSERVED " + line);
    assertThat(child("turned by agent 1").values("smile.found"))
        .contains("PARALLEL_ORDER REPLACED " + line);
    assertThat(child("replaced").values("smile.found"))
        .noneMatch(line2 -> line2.contains("REPLACED LongStream"));
  }

  @Test
  void generatorsThatPoolThreadsKeepAreNotClaimedToBeReplaced() {
    assertThat(child("replaced").values("jenetics-pool.found"))
        .contains("UNSEEDED_RANDOM ORPHAN RandomGeneratorFactory.create()"
            + " io.jenetics.util.RandomRegistry.<clinit>(RandomRegistry.java:174)");
  }
}
