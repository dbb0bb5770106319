package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.spi.Finding;
import dev.stet.spi.Finding.Kind;
import dev.stet.spi.Finding.Treatment;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({
  "DefaultCharset",
  "JavaInstantGetSecondsGetNano",
  "JavaUtilDate",
  "StringCaseLocaleUsage"
}) // what the guard is to find
class SourcesTest {
  private static List<String> apis(List<Finding> findings) {
    return findings.stream().map(Finding::api).distinct().sorted().toList();
  }

  @Test
  void seedsFromTheClockAreDefects() {
    Guarded<List<Long>> run = Guarded.run(GuardOptions.observe(), 1, ClockSeeds.class);

    List<Finding> found = run.of(Kind.SEED_FROM_CLOCK);
    assertThat(apis(found))
        .containsExactly(
            "Random.setSeed(clock)",
            "new Random(clock)",
            "new SourcesTest.Lcg(clock)",
            "seed from the clock in field seed",
            "seed from the clock, returned");
    assertThat(found).hasSize(10);
    assertThat(found).extracting(Finding::certainty).containsOnly(Finding.Certainty.DEFECT);
    assertThat(run.of(Kind.UNSEEDED_RANDOM)).isEmpty();
  }

  @Test
  void seedsFromTheClockAreReplaced() {
    List<Long> first = Guarded.run(GuardOptions.replace(), 1, ClockSeeds.class).value();

    assertThat(first.get(first.size() - 1)).as("given, not from the clock").isEqualTo(5);
    assertThat(Guarded.run(GuardOptions.replace(), 1, ClockSeeds.class).value()).isEqualTo(first);
    assertThat(Guarded.run(GuardOptions.replace(), 2, ClockSeeds.class).value())
        .isNotEqualTo(first);
  }

  @Test
  void clocksAreInformationAndNeverReplaced() {
    Guarded<Long> run = Guarded.run(GuardOptions.replace(), 1, Clocks.class);

    assertThat(apis(run.of(Kind.CLOCK)))
        .containsExactly(
            "Instant.now()", "System.currentTimeMillis()", "System.nanoTime()", "new Date()");
    assertThat(run.of(Kind.CLOCK)).extracting(Finding::treatment).containsOnly(Treatment.OBSERVED);
    assertThat(run.of(Kind.SEED_FROM_CLOCK)).isEmpty();
    assertThat(run.value()).isGreaterThan(1_600_000_000_000L);
    assertThat(Guarded.run(GuardOptions.fail(), 1, Clocks.class).seen().fails()).isFalse();
  }

  @Test
  void secureGeneratorsAreOnlyReported() {
    Guarded<Long> run = Guarded.run(GuardOptions.replace(), 1, Secure.class);

    assertThat(apis(run.of(Kind.SECURE_RANDOM)))
        .containsExactly("SecureRandom.nextLong", "new SecureRandom");
    assertThat(run.of(Kind.SECURE_RANDOM))
        .extracting(Finding::treatment)
        .containsOnly(Treatment.NOT_FIXABLE);
    assertThat(run.value())
        .isNotEqualTo(Guarded.run(GuardOptions.replace(), 1, Secure.class).value());
  }

  @Test
  void parallelStreamsAreSeenAndRunInTurnOnDemand() {
    Guarded<List<Boolean>> seen = Guarded.run(GuardOptions.replace(), 1, Parallel.class);
    Guarded<List<Boolean>> turned =
        Guarded.run(GuardOptions.observe().withSequentialStreams(), 1, Parallel.class);

    assertThat(apis(seen.of(Kind.PARALLEL_ORDER)))
        .containsExactly(
            "Collection.parallelStream()",
            "Collectors.groupingByConcurrent",
            "DoubleAdder.add",
            "DoubleStream.parallel()",
            "IntStream.parallel()",
            "LongStream.parallel()",
            "Stream.findAny()",
            "Stream.parallel()",
            "StreamSupport.stream(parallel)");
    assertThat(seen.value()).containsOnly(true);
    assertThat(turned.value()).containsOnly(false);
    assertThat(turned.of(Kind.PARALLEL_ORDER))
        .filteredOn(finding -> finding.treatment() == Treatment.REPLACED)
        .extracting(Finding::api)
        .contains("Stream.parallel()", "Collection.parallelStream()")
        .doesNotContain("DoubleAdder.add");
  }

  @Test
  void directoriesAreSortedWhereTheGuardReplaces(@TempDir Path directory) throws IOException {
    for (int i = 0; i < 40; i++) {
      Files.createFile(directory.resolve("f" + i * 7919 % 40));
    }
    System.setProperty("stet.test.directory", directory.toString());
    try {
      Guarded<List<List<String>>> run = Guarded.run(GuardOptions.replace(), 1, Directories.class);

      assertThat(apis(run.of(Kind.DIRECTORY_ORDER)))
          .containsExactly(
              "File.list",
              "File.listFiles",
              "Files.list",
              "Files.newDirectoryStream",
              "Files.walk");
      assertThat(run.value()).hasSize(6);
      for (List<String> names : run.value()) {
        assertThat(names).hasSizeGreaterThanOrEqualTo(40).isSorted();
      }
      assertThat(
              Guarded.run(GuardOptions.observe(), 1, Directories.class).value().get(0))
          .isEqualTo(List.of(directory.toFile().list()));
    } finally {
      System.clearProperty("stet.test.directory");
    }
  }

  @Test
  void identityHashesAreSeen() {
    assertThat(apis(Guarded.run(GuardOptions.observe(), 1, Identity.class).of(Kind.HASH_ORDER)))
        .containsExactly("System.identityHashCode", "new IdentityHashMap");
  }

  @Test
  void hashedCollectionsAreLinkedOnDemand() {
    assertThat(Guarded.run(GuardOptions.observe(), 1, Hashed.class).value())
        .containsExactly(
            "java.util.HashMap",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.HashMap",
            "java.util.HashSet",
            "own 1");
    assertThat(Guarded.run(GuardOptions.observe().withLinkedCollections(), 1, Hashed.class)
            .value())
        .containsExactly(
            "java.util.LinkedHashMap",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "own 1");
  }

  @Test
  void mathematicsIsStrictOnDemand() {
    Guarded<Long> plain = Guarded.run(GuardOptions.observe(), 1, Mathematics.class);
    Guarded<Long> strict =
        Guarded.run(GuardOptions.observe().withStrictMath(), 1, Mathematics.class);

    assertThat(apis(plain.of(Kind.PLATFORM_MATH)))
        .containsExactly("Math.exp", "Math.pow", "Math.tanh");
    assertThat(plain.value()).isEqualTo(Mathematics.platform());
    assertThat(strict.value()).isEqualTo(Mathematics.strict()).isNotEqualTo(plain.value());
  }

  @Test
  void inputsAreToldWithTheirValuesAndSecretsWithout() {
    System.setProperty("stet.test.token", "hunter2");
    try {
      Guarded<Integer> run = Guarded.run(GuardOptions.observe(), 1, Inputs.class);

      assertThat(apis(run.of(Kind.INPUT_READ)))
          .contains(
              "System.getProperty(\"stet.test.token\"), whose value is not shown",
              "System.getProperty(\"file.separator\") = " + File.separator,
              "System.getProperty(\"stet.test.none\"), which is not set",
              "System.getenv(\"PATH\"), whose value is not shown",
              "Runtime.availableProcessors() = " + Runtime.getRuntime().availableProcessors(),
              "Locale.getDefault() = " + Locale.getDefault().toLanguageTag(),
              "ZoneId.systemDefault() = " + ZoneId.systemDefault(),
              "Charset.defaultCharset() = " + Charset.defaultCharset(),
              "String.format without a locale",
              "String.toUpperCase()",
              "String.getBytes()");
      assertThat(run.seen().findings().toString()).doesNotContain("hunter2", System.getenv("PATH"));
      assertThat(run.value()).isPositive();
    } finally {
      System.clearProperty("stet.test.token");
    }
  }

  @Test
  void referencesAreSourcesToo() {
    Guarded<List<Object>> run = Guarded.run(GuardOptions.observe(), 1, References.class);

    assertThat(run.seen().findings())
        .extracting(Finding::api)
        .contains(
            "reference to System.nanoTime()",
            "reference to Instant.now()",
            "reference to System.identityHashCode",
            "reference to new SecureRandom",
            "reference to new IdentityHashMap",
            "reference to File.list",
            "reference to String.toUpperCase()",
            "reference to Stream.parallel()",
            "reference to DoubleAdder.add",
            "reference to Math.random()",
            "reference to Math.exp",
            "RandomGeneratorFactory.create()");
    assertThat(Guarded.run(GuardOptions.replace(), 1, References.class).value().get(0))
        .isEqualTo(
            Guarded.run(GuardOptions.replace(), 1, References.class).value().get(0));
  }

  @Test
  void everyRuleHasAMethodOfOurs() {
    for (Rule rule : Table.rules()) {
      Rule.Target target = rule.target();
      String desc = target == null ? "" : ours(rule);
      if (target != null && !desc.isEmpty()) {
        assertThat(Reference.exists(target, desc)).as("%s %s", rule.key(), desc).isTrue();
      }
    }
  }

  /** What takes the place of a call, or is called beside it. */
  private static String ours(Rule rule) {
    return switch (rule.action()) {
      case CALL -> {
        String receiver = isStatic(rule) ? "" : "L" + rule.owner() + ";";
        yield "(" + receiver + rule.desc().substring(1).replace(")", "I)");
      }
      case RESULT -> {
        String stream = rule.desc().substring("()".length());
        yield "(" + stream + "I)" + stream;
      }
      case WRAP -> {
        String task = rule.desc().substring(1, rule.desc().indexOf(';') + 1);
        yield "(Ljava/lang/Object;" + task + ")" + task;
      }
      default -> "";
    };
  }

  private static boolean isStatic(Rule rule) {
    try {
      Class<?> owner = Class.forName(rule.owner().replace('/', '.'));
      var type = java.lang.invoke.MethodType.fromMethodDescriptorString(rule.desc(), null);
      return java.lang.reflect.Modifier.isStatic(
          owner.getMethod(rule.name(), type.parameterArray()).getModifiers());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(rule.key(), e);
    }
  }

  /** A library's generator. */
  static final class Lcg {
    final int state;

    Lcg(int state) {
      this.state = state;
    }
  }

  static final class ClockSeeds implements Callable<List<Long>> {
    private long seed;
    private final Random random = new Random(1);

    @Override
    public List<Long> call() {
      List<Long> all = new ArrayList<>();
      all.add(new Random(System.nanoTime()).nextLong());
      all.add(new Random(System.currentTimeMillis() * 31 ^ 5).nextLong());
      all.add(new Random(new Date().getTime()).nextLong());
      all.add(new Random(Instant.now().toEpochMilli()).nextLong());
      long later = System.nanoTime();
      all.add(new Random(later + 1).nextLong());
      random.setSeed(System.currentTimeMillis() + System.identityHashCode(this));
      all.add(random.nextLong());
      all.add((long) new Lcg((int) System.nanoTime()).state);
      seed = System.nanoTime();
      all.add(seed);
      all.add(anySeed());
      all.add((long) seedUnlessGiven(null));
      all.add((long) seedUnlessGiven("5"));
      return all;
    }

    private static long anySeed() {
      return System.nanoTime() * 31 + 1;
    }

    private static int seedUnlessGiven(@Nullable String given) {
      return given != null ? Integer.parseInt(given) : (int) System.nanoTime();
    }
  }

  static final class Clocks implements Callable<Long> {
    @Override
    public Long call() {
      long start = System.nanoTime();
      Random random = new Random(42);
      long spent = System.nanoTime() - start;
      Date date = new Date();
      return System.currentTimeMillis()
          + 0 * (random.nextInt() + spent + date.getTime() + Instant.now().getNano());
    }
  }

  static final class Secure implements Callable<Long> {
    @Override
    public Long call() {
      return new SecureRandom(new byte[] {1}).nextLong();
    }
  }

  static final class Parallel implements Callable<List<Boolean>> {
    @Override
    public List<Boolean> call() {
      List<Integer> list = List.of(1, 2, 3);
      Supplier<Stream<Integer>> reference = list::parallelStream;
      Function<Collection<Integer>, Stream<Integer>> unbound = Collection::parallelStream;
      var any = list.stream().findAny();
      var groups = list.stream().collect(Collectors.groupingByConcurrent(i -> i));
      new DoubleAdder().add(groups.size() + any.orElseThrow());
      return List.of(
          list.parallelStream().isParallel(),
          new ArrayList<>(list).parallelStream().isParallel(),
          list.stream().map(i -> i + 1).parallel().filter(i -> i > 0).isParallel(),
          IntStream.range(0, 3).parallel().isParallel(),
          LongStream.range(0, 3).parallel().isParallel(),
          DoubleStream.of(1).parallel().isParallel(),
          java.util.stream.StreamSupport.stream(list.spliterator(), true).isParallel(),
          reference.get().isParallel(),
          unbound.apply(list).isParallel());
    }
  }

  static final class Directories implements Callable<List<List<String>>> {
    @Override
    public List<List<String>> call() throws IOException {
      File file = new File(System.getProperty("stet.test.directory"));
      List<List<String>> all = new ArrayList<>();
      all.add(List.of(file.list()));
      all.add(names(file.listFiles()));
      all.add(names(file.listFiles(one -> one.isFile())));
      try (Stream<Path> paths = Files.list(file.toPath())) {
        all.add(paths.map(Path::toString).toList());
      }
      try (Stream<Path> paths = Files.walk(file.toPath())) {
        all.add(paths.map(Path::toString).toList());
      }
      try (var paths = Files.newDirectoryStream(file.toPath())) {
        List<String> names = new ArrayList<>();
        paths.forEach(path -> names.add(path.toString()));
        all.add(names);
      }
      return all;
    }

    private static List<String> names(File[] files) {
      return Stream.of(files).map(File::getName).toList();
    }
  }

  static final class Identity implements Callable<Integer> {
    @Override
    public Integer call() {
      return System.identityHashCode(this) + new IdentityHashMap<>().size();
    }
  }

  static final class Hashed implements Callable<List<String>> {
    /** Not ours to turn into a linked one. */
    static final class Own extends HashMap<String, String> {
      Own(boolean large) {
        super(large ? 100 : 10);
      }
    }

    @Override
    public List<String> call() {
      Map<String, String> plain = new HashMap<>();
      Map<String, String> sized = new HashMap<>(plain.isEmpty() ? 3 : new HashMap<>(4).size());
      Set<String> set = new HashSet<>(new TreeSet<>(List.of("a")));
      Supplier<Map<String, String>> reference = HashMap::new;
      Supplier<Set<String>> other = HashSet::new;
      Own own = new Own(plain.isEmpty());
      own.put("a", "b");
      return List.of(
          plain.getClass().getName(),
          sized.getClass().getName(),
          set.getClass().getName(),
          reference.get().getClass().getName(),
          other.get().getClass().getName(),
          "own " + own.size());
    }
  }

  static final class Mathematics implements Callable<Long> {
    @Override
    public Long call() {
      return platform();
    }

    static long platform() {
      long bits = 0;
      for (int i = 0; i < 2000; i++) {
        double x = i / 700.0;
        bits = 31 * bits + Double.doubleToLongBits(Math.exp(x));
        bits = 31 * bits + Double.doubleToLongBits(Math.tanh(x));
        bits = 31 * bits + Double.doubleToLongBits(Math.pow(x, 1.1));
      }
      return bits;
    }

    static long strict() {
      long bits = 0;
      for (int i = 0; i < 2000; i++) {
        double x = i / 700.0;
        bits = 31 * bits + Double.doubleToLongBits(StrictMath.exp(x));
        bits = 31 * bits + Double.doubleToLongBits(StrictMath.tanh(x));
        bits = 31 * bits + Double.doubleToLongBits(StrictMath.pow(x, 1.1));
      }
      return bits;
    }
  }

  static final class References implements Callable<List<Object>> {
    private interface Drawn extends DoubleSupplier, Serializable {}

    @Override
    public List<Object> call() {
      Function<RandomGeneratorFactory<?>, RandomGenerator> create = RandomGeneratorFactory::create;
      List<Object> all = new ArrayList<>();
      all.add(create.apply(RandomGeneratorFactory.of("L64X128MixRandom")).nextLong());
      DoubleAdder adder = new DoubleAdder();
      LongSupplier nanos = System::nanoTime;
      Supplier<Instant> now = Instant::now;
      ToIntFunction<Object> hash = System::identityHashCode;
      Supplier<SecureRandom> secure = SecureRandom::new;
      Supplier<Map<Object, Object>> map = IdentityHashMap::new;
      Function<File, String[]> list = File::list;
      UnaryOperator<String> upper = String::toUpperCase;
      UnaryOperator<Stream<Object>> parallel = Stream::parallel;
      DoubleConsumer add = adder::add;
      Drawn drawn = Math::random;
      DoubleUnaryOperator exp = Math::exp;
      all.addAll(List.of(nanos, now, hash, secure, map, list, upper, parallel, add, drawn, exp));
      return all;
    }
  }

  static final class Inputs implements Callable<Integer> {
    @Override
    public Integer call() {
      return (System.getProperty("stet.test.token")
              + System.getProperty("file.separator", "?")
              + System.getProperty("stet.test.none")
              + System.getenv("PATH")
              + Runtime.getRuntime().availableProcessors()
              + Locale.getDefault()
              + ZoneId.systemDefault()
              + Charset.defaultCharset()
              + String.format("%d", 1)
              + "a".toUpperCase()
              + "a".getBytes().length)
          .length();
    }
  }
}
