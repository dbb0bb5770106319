package dev.stet.guard;

import dev.stet.guard.Rule.Action;
import dev.stet.guard.Rule.Replaced;
import dev.stet.guard.Rule.Target;
import dev.stet.spi.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every source that the guard knows at a call site. The rewriter, the filter before it and the scan read this table. */
final class Table {
  static final String RUNTIME = "dev/stet/guard/GuardRuntime";
  static final String DRAWS = "dev/stet/guard/GuardDraws";
  static final String READS = "dev/stet/guard/GuardReads";
  static final String ORDER = "dev/stet/guard/GuardOrder";
  static final String TASKS = "dev/stet/guard/GuardTasks";

  static final String ANY = "*";
  static final String RANDOM = "java/util/Random";
  static final String LOCAL = "java/util/concurrent/ThreadLocalRandom";
  static final String SPLITTABLE = "java/util/SplittableRandom";
  static final String GENERATOR = "java/util/random/RandomGenerator";
  static final String SECURE = "java/security/SecureRandom";

  static final String GIVE_SEED =
      "Give it a seed of the trial, such as trial.seed().child(\"name\").toLong().";
  static final String USE_STREAM = "Draw from trial.random(\"name\") instead.";
  static final String PASS_RANDOM =
      "Pass a generator of the trial: trial.random(\"name\").asRandom().";
  private static final String NAME_IT =
      "Make ids from names or from a stream of the trial where they reach a result.";
  private static final String SECURE_STAYS =
      "No seed determines it and it is never replaced; keep it away from results.";
  private static final String TIME =
      "Harmless unless the time decides what is computed or when it stops.";
  private static final String SEQUENTIAL =
      "Sum in a fixed order or exactly; or run with the switch \"sequential\".";
  private static final String SORT = "Sort what was listed.";
  private static final String IDENTITY =
      "Use a collection with a defined order, and no identity hash in a result.";
  private static final String STRICT =
      "Its last bits depend on JDK and processor; StrictMath, or the switch \"strict\", gives the same everywhere.";
  private static final String PIN = "Pass it explicitly, or pin it when the JVM starts.";
  private static final String DECLARE =
      "Take it from the config, so that it is part of the recipe.";

  /** What can be drawn from a generator, by name and descriptor. */
  private static final List<String> DRAWN = List.of(
      "nextInt ()I",
      "nextInt (I)I",
      "nextInt (II)I",
      "nextLong ()J",
      "nextLong (J)J",
      "nextLong (JJ)J",
      "nextDouble ()D",
      "nextDouble (D)D",
      "nextDouble (DD)D",
      "nextFloat ()F",
      "nextFloat (F)F",
      "nextFloat (FF)F",
      "nextBoolean ()Z",
      "nextGaussian ()D",
      "nextGaussian (DD)D",
      "nextExponential ()D",
      "nextBytes ([B)V",
      "ints ()Ljava/util/stream/IntStream;",
      "ints (J)Ljava/util/stream/IntStream;",
      "ints (II)Ljava/util/stream/IntStream;",
      "ints (JII)Ljava/util/stream/IntStream;",
      "longs ()Ljava/util/stream/LongStream;",
      "longs (J)Ljava/util/stream/LongStream;",
      "longs (JJ)Ljava/util/stream/LongStream;",
      "longs (JJJ)Ljava/util/stream/LongStream;",
      "doubles ()Ljava/util/stream/DoubleStream;",
      "doubles (J)Ljava/util/stream/DoubleStream;",
      "doubles (DD)Ljava/util/stream/DoubleStream;",
      "doubles (JDD)Ljava/util/stream/DoubleStream;");

  private static final List<Rule> RULES = new ArrayList<>();

  /** By name, then by owner: most calls of a class have a name that no rule has. */
  // Lambdas and streams are kept out of what runs when a program starts: the first ones of a JVM
  // take 20 ms and more.
  private static final Map<String, Map<String, List<Rule>>> BY_NAME = new HashMap<>(256);

  static {
    randomness();
    threadLocal();
    secure();
    clocks();
    streams();
    directories();
    hashes();
    mathematics();
    vectors();
    inputs();
    libraries();
    tasks();
    for (Rule rule : RULES) {
      Map<String, List<Rule>> owners = BY_NAME.get(rule.name());
      if (owners == null) {
        owners = new HashMap<>();
        BY_NAME.put(rule.name(), owners);
      }
      List<Rule> rules = owners.get(rule.owner());
      if (rules == null) {
        rules = new ArrayList<>(1);
        owners.put(rule.owner(), rules);
      }
      rules.add(rule);
    }
  }

  private Table() {}

  static List<Rule> rules() {
    return RULES;
  }

  static @Nullable Rule find(String owner, String name, String desc) {
    Map<String, List<Rule>> owners = BY_NAME.get(name);
    if (owners == null) {
      return null;
    }
    Rule rule = of(owners.get(owner), desc);
    return rule == null ? of(owners.get(ANY), desc) : rule;
  }

  private static @Nullable Rule of(@Nullable List<Rule> rules, String desc) {
    if (rules != null) {
      for (Rule rule : rules) {
        if (rule.desc().equals(desc)) {
          return rule;
        }
      }
    }
    return null;
  }

  private static void randomness() {
    call("java/lang/Math", "random", "()D", RUNTIME, "random", "Math.random()", USE_STREAM);
    call(
        "java/lang/StrictMath",
        "random",
        "()D",
        RUNTIME,
        "strictRandom",
        "StrictMath.random()",
        USE_STREAM);
    construct(RANDOM, "newRandom", "new Random()", GIVE_SEED);
    construct(SPLITTABLE, "newSplittableRandom", "new SplittableRandom()", GIVE_SEED);
    call(
        GENERATOR,
        "getDefault",
        "()L" + GENERATOR + ";",
        RUNTIME,
        "defaultGenerator",
        "RandomGenerator.getDefault()",
        USE_STREAM);
    call(
        GENERATOR,
        "of",
        "(Ljava/lang/String;)L" + GENERATOR + ";",
        RUNTIME,
        "generator",
        "RandomGenerator.of(name)",
        USE_STREAM);
    for (String special :
        List.of("Streamable", "Splittable", "Jumpable", "Leapable", "ArbitrarilyJumpable")) {
      String type = GENERATOR + "$" + special + "Generator";
      call(
          type,
          "of",
          "(Ljava/lang/String;)L" + type + ";",
          RUNTIME,
          Character.toLowerCase(special.charAt(0)) + special.substring(1),
          special + "Generator.of(name)",
          USE_STREAM);
    }
    call(
        "java/util/random/RandomGeneratorFactory",
        "create",
        "()L" + GENERATOR + ";",
        RUNTIME,
        "create",
        "RandomGeneratorFactory.create()",
        GIVE_SEED);
    call(
        "java/util/Collections",
        "shuffle",
        "(Ljava/util/List;)V",
        RUNTIME,
        "shuffle",
        "Collections.shuffle(list)",
        PASS_RANDOM);
    add(
        "java/util/UUID",
        "randomUUID",
        "()Ljava/util/UUID;",
        Action.CALL,
        Kind.UNSEEDED_RANDOM,
        "UUID.randomUUID()",
        NAME_IT,
        new Target(RUNTIME, "uuid"),
        Replaced.WITH_UUIDS);
    add(
        RANDOM,
        "<init>",
        "(J)V",
        Action.TELL,
        Kind.CARRIED_OVER,
        "new Random(seed)",
        GIVE_SEED,
        new Target(RUNTIME, "seeded"),
        Replaced.NEVER);
  }

  private static void threadLocal() {
    add(
        LOCAL,
        "current",
        "()L" + LOCAL + ";",
        Action.CALL,
        Kind.UNSEEDED_RANDOM,
        "ThreadLocalRandom.current()",
        USE_STREAM,
        new Target(DRAWS, "current"),
        Replaced.WITH_THREADS);
    for (String draw : DRAWN) {
      String[] parts = words(draw);
      call(LOCAL, parts[0], parts[1], DRAWS, parts[0], "ThreadLocalRandom." + parts[0], USE_STREAM);
    }
  }

  private static void secure() {
    for (String desc : List.of("()V", "([B)V")) {
      note(SECURE, "<init>", desc, Kind.SECURE_RANDOM, "new SecureRandom", SECURE_STAYS);
    }
    note(
        SECURE,
        "getInstanceStrong",
        "()L" + SECURE + ";",
        Kind.SECURE_RANDOM,
        "SecureRandom.getInstanceStrong()",
        SECURE_STAYS);
    for (String desc : List.of(
        "(Ljava/lang/String;)L",
        "(Ljava/lang/String;Ljava/lang/String;)L",
        "(Ljava/lang/String;Ljava/security/Provider;)L")) {
      note(
          SECURE,
          "getInstance",
          desc + SECURE + ";",
          Kind.SECURE_RANDOM,
          "SecureRandom.getInstance",
          SECURE_STAYS);
    }
    List<String> draws = new ArrayList<>(DRAWN);
    draws.add("generateSeed (I)[B");
    for (String draw : draws) {
      String[] parts = words(draw);
      note(
          SECURE, parts[0], parts[1], Kind.SECURE_RANDOM, "SecureRandom." + parts[0], SECURE_STAYS);
    }
  }

  private static void clocks() {
    note("java/lang/System", "nanoTime", "()J", Kind.CLOCK, "System.nanoTime()", TIME);
    note(
        "java/lang/System",
        "currentTimeMillis",
        "()J",
        Kind.CLOCK,
        "System.currentTimeMillis()",
        TIME);
    note("java/util/Date", "<init>", "()V", Kind.CLOCK, "new Date()", TIME);
    note(
        "java/util/Calendar",
        "getInstance",
        "()Ljava/util/Calendar;",
        Kind.CLOCK,
        "Calendar.getInstance()",
        TIME);
    for (String type : List.of(
        "Instant", "LocalDate", "LocalTime", "LocalDateTime", "ZonedDateTime", "OffsetDateTime")) {
      note(
          "java/time/" + type,
          "now",
          "()Ljava/time/" + type + ";",
          Kind.CLOCK,
          type + ".now()",
          TIME);
    }
    for (String method : List.of("millis ()J", "instant ()Ljava/time/Instant;")) {
      String[] parts = words(method);
      note("java/time/Clock", parts[0], parts[1], Kind.CLOCK, "Clock." + parts[0] + "()", TIME);
    }
  }

  private static void streams() {
    given("parallelStream", "Stream", "Collection.parallelStream()");
    given("parallel", "BaseStream", "Stream.parallel()");
    for (String type : List.of("IntStream", "LongStream", "DoubleStream")) {
      order(
          "java/util/stream/" + type,
          "parallel",
          "()Ljava/util/stream/" + type + ";",
          type + ".parallel()",
          Replaced.WITH_SEQUENTIAL);
    }
    for (String made :
        List.of("stream ", "intStream Int", "longStream Long", "doubleStream Double")) {
      String[] parts = words(made);
      String values = parts[1].isEmpty() ? "Spliterator" : "Spliterator$Of" + parts[1];
      order(
          "java/util/stream/StreamSupport",
          parts[0],
          "(Ljava/util/" + values + ";Z)Ljava/util/stream/" + parts[1] + "Stream;",
          "StreamSupport." + parts[0] + "(parallel)",
          Replaced.WITH_SEQUENTIAL);
    }
    String advice = "Collect in a fixed order, then reduce on one thread.";
    for (String adder : List.of("DoubleAdder", "DoubleAccumulator")) {
      String argument = adder.equals("DoubleAdder") ? "add" : "accumulate";
      note(
          "java/util/concurrent/atomic/" + adder,
          argument,
          "(D)V",
          Kind.PARALLEL_ORDER,
          adder + "." + argument,
          advice);
    }
    String function = "Ljava/util/function/Function;";
    String supplier = "Ljava/util/function/Supplier;";
    String operator = "Ljava/util/function/BinaryOperator;";
    String collector = "Ljava/util/stream/Collector;";
    for (String concurrent : List.of(
        "groupingByConcurrent " + function,
        "groupingByConcurrent " + function + collector,
        "groupingByConcurrent " + function + supplier + collector,
        "toConcurrentMap " + function + function,
        "toConcurrentMap " + function + function + operator,
        "toConcurrentMap " + function + function + operator + supplier)) {
      String[] parts = words(concurrent);
      note(
          "java/util/stream/Collectors",
          parts[0],
          "(" + parts[1] + ")" + collector,
          Kind.PARALLEL_ORDER,
          "Collectors." + parts[0],
          advice);
    }
    for (String type : List.of("Stream", "IntStream", "LongStream", "DoubleStream")) {
      String optional =
          type.equals("Stream") ? "Optional" : "Optional" + type.replace("Stream", "");
      note(
          "java/util/stream/" + type,
          "findAny",
          "()Ljava/util/" + optional + ";",
          Kind.PARALLEL_ORDER,
          type + ".findAny()",
          "Use findFirst().");
    }
  }

  private static void directories() {
    String file = "java/io/File";
    for (String method : List.of(
        "list ()[Ljava/lang/String;",
        "list (Ljava/io/FilenameFilter;)[Ljava/lang/String;",
        "listFiles ()[Ljava/io/File;",
        "listFiles (Ljava/io/FileFilter;)[Ljava/io/File;",
        "listFiles (Ljava/io/FilenameFilter;)[Ljava/io/File;")) {
      String[] parts = words(method);
      directory(file, parts[0], parts[1], parts[0], "File." + parts[0]);
    }
    String files = "java/nio/file/Files";
    directory(
        files, "list", "(Ljava/nio/file/Path;)Ljava/util/stream/Stream;", "list", "Files.list");
    directory(
        files,
        "walk",
        "(Ljava/nio/file/Path;[Ljava/nio/file/FileVisitOption;)Ljava/util/stream/Stream;",
        "walk",
        "Files.walk");
    directory(
        files,
        "walk",
        "(Ljava/nio/file/Path;I[Ljava/nio/file/FileVisitOption;)Ljava/util/stream/Stream;",
        "walk",
        "Files.walk");
    note(
        files,
        "find",
        "(Ljava/nio/file/Path;ILjava/util/function/BiPredicate;[Ljava/nio/file/FileVisitOption;)"
            + "Ljava/util/stream/Stream;",
        Kind.DIRECTORY_ORDER,
        "Files.find",
        SORT);
    for (String desc : List.of(
        "(Ljava/nio/file/Path;)Ljava/nio/file/DirectoryStream;",
        "(Ljava/nio/file/Path;Ljava/lang/String;)Ljava/nio/file/DirectoryStream;",
        "(Ljava/nio/file/Path;Ljava/nio/file/DirectoryStream$Filter;)Ljava/nio/file/DirectoryStream;")) {
      directory(
          files, "newDirectoryStream", desc, "newDirectoryStream", "Files.newDirectoryStream");
    }
    for (String desc : List.of(
        "(Ljava/nio/file/Path;Ljava/nio/file/FileVisitor;)Ljava/nio/file/Path;",
        "(Ljava/nio/file/Path;Ljava/util/Set;ILjava/nio/file/FileVisitor;)Ljava/nio/file/Path;")) {
      note(files, "walkFileTree", desc, Kind.DIRECTORY_ORDER, "Files.walkFileTree", SORT);
    }
  }

  private static void hashes() {
    note(
        "java/lang/System",
        "identityHashCode",
        "(Ljava/lang/Object;)I",
        Kind.HASH_ORDER,
        "System.identityHashCode",
        IDENTITY);
    for (String desc : List.of("()V", "(I)V", "(Ljava/util/Map;)V")) {
      note(
          "java/util/IdentityHashMap",
          "<init>",
          desc,
          Kind.HASH_ORDER,
          "new IdentityHashMap",
          IDENTITY);
    }
    for (String type : List.of("HashMap", "HashSet")) {
      String copied = type.equals("HashMap") ? "(Ljava/util/Map;)V" : "(Ljava/util/Collection;)V";
      for (String desc : List.of("()V", "(I)V", "(IF)V", copied)) {
        add(
            "java/util/" + type,
            "<init>",
            desc,
            Action.LINKED,
            Kind.HASH_ORDER,
            "new " + type,
            IDENTITY,
            null,
            Replaced.NEVER);
      }
    }
  }

  private static void mathematics() {
    for (String one : List.of(
        "sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10", "cbrt", "sinh", "cosh",
        "tanh", "expm1", "log1p")) {
      math(one, "(D)D");
    }
    for (String two : List.of("pow", "atan2", "hypot")) {
      math(two, "(DD)D");
    }
  }

  /** The vector incubator computes with one routine before the compiler is done and with another one after it. */
  private static void vectors() {
    String vectors = "jdk/incubator/vector/";
    String advice =
        "Run with -Xbatch and on processors with the same vectors, or compute it without vectors.";
    for (String type : List.of("DoubleVector", "FloatVector")) {
      String vector = "L" + vectors + type + ";";
      String number = type.equals("DoubleVector") ? "D" : "F";
      note(
          vectors + type,
          "lanewise",
          "(L" + vectors + "VectorOperators$Unary;)" + vector,
          Kind.PLATFORM_MATH,
          type + ".lanewise",
          advice);
      note(
          vectors + type,
          "reduceLanes",
          "(L" + vectors + "VectorOperators$Associative;)" + number,
          Kind.PLATFORM_MATH,
          type + ".reduceLanes",
          advice);
    }
  }

  private static void math(String name, String desc) {
    add(
        "java/lang/Math",
        name,
        desc,
        Action.MATH,
        Kind.PLATFORM_MATH,
        "Math." + name,
        STRICT,
        null,
        Replaced.WITH_STRICT);
  }

  private static void inputs() {
    String text = "Ljava/lang/String;";
    read(
        "java/lang/System",
        "getProperty",
        "(" + text + ")" + text,
        "property",
        "System.getProperty",
        DECLARE);
    read(
        "java/lang/System",
        "getProperty",
        "(" + text + text + ")" + text,
        "property",
        "System.getProperty",
        DECLARE);
    read(
        "java/lang/System",
        "getenv",
        "(" + text + ")" + text,
        "variable",
        "System.getenv",
        DECLARE);
    read(
        "java/lang/System", "getenv", "()Ljava/util/Map;", "variables", "System.getenv()", DECLARE);
    read(
        "java/lang/Boolean",
        "getBoolean",
        "(" + text + ")Z",
        "flag",
        "Boolean.getBoolean",
        DECLARE);
    read(
        "java/lang/Integer",
        "getInteger",
        "(" + text + "I)Ljava/lang/Integer;",
        "integer",
        "Integer.getInteger",
        DECLARE);
    read(
        "java/lang/Integer",
        "getInteger",
        "(" + text + ")Ljava/lang/Integer;",
        "integer",
        "Integer.getInteger",
        DECLARE);
    read(
        "java/lang/Runtime",
        "availableProcessors",
        "()I",
        "processors",
        "Runtime.availableProcessors()",
        PIN);
    read("java/lang/Runtime", "maxMemory", "()J", "memory", "Runtime.maxMemory()", PIN);
    read(
        "java/util/concurrent/ForkJoinPool",
        "getCommonPoolParallelism",
        "()I",
        "parallelism",
        "ForkJoinPool.getCommonPoolParallelism()",
        PIN);
    read(
        "java/util/Locale",
        "getDefault",
        "()Ljava/util/Locale;",
        "locale",
        "Locale.getDefault()",
        PIN);
    read(
        "java/util/TimeZone",
        "getDefault",
        "()Ljava/util/TimeZone;",
        "zone",
        "TimeZone.getDefault()",
        PIN);
    read(
        "java/time/ZoneId",
        "systemDefault",
        "()Ljava/time/ZoneId;",
        "zoneId",
        "ZoneId.systemDefault()",
        PIN);
    read(
        "java/nio/charset/Charset",
        "defaultCharset",
        "()Ljava/nio/charset/Charset;",
        "charset",
        "Charset.defaultCharset()",
        PIN);
    implied(
        "java/lang/String",
        "format",
        "(" + text + "[Ljava/lang/Object;)" + text,
        "String.format without a locale");
    implied("java/lang/String", "formatted", "([Ljava/lang/Object;)" + text, "String.formatted");
    implied("java/lang/String", "toUpperCase", "()" + text, "String.toUpperCase()");
    implied("java/lang/String", "toLowerCase", "()" + text, "String.toLowerCase()");
    implied("java/lang/String", "getBytes", "()[B", "String.getBytes()");
    implied("java/lang/String", "<init>", "([B)V", "new String(bytes) without a charset");
    for (String type : List.of("FileReader", "FileWriter")) {
      for (String desc : List.of("(" + text + ")V", "(Ljava/io/File;)V")) {
        implied("java/io/" + type, "<init>", desc, "new " + type + " without a charset");
      }
    }
    implied(
        "java/io/InputStreamReader",
        "<init>",
        "(Ljava/io/InputStream;)V",
        "new InputStreamReader without a charset");
    implied(
        "java/io/OutputStreamWriter",
        "<init>",
        "(Ljava/io/OutputStream;)V",
        "new OutputStreamWriter without a charset");
    implied(
        "java/text/DecimalFormat",
        "<init>",
        "(" + text + ")V",
        "new DecimalFormat without symbols");
    implied(
        "java/text/SimpleDateFormat",
        "<init>",
        "(" + text + ")V",
        "new SimpleDateFormat without a locale");
    note(
        "java/net/InetAddress",
        "getLocalHost",
        "()Ljava/net/InetAddress;",
        Kind.INPUT_READ,
        "InetAddress.getLocalHost()",
        DECLARE);
    note("java/lang/ProcessHandle", "pid", "()J", Kind.INPUT_READ, "ProcessHandle.pid()", DECLARE);
  }

  private static void libraries() {
    String advice = "Record its version, and run it with one thread.";
    for (String owner : List.of("java/lang/System", "java/lang/Runtime")) {
      for (String name : List.of("load", "loadLibrary")) {
        note(
            owner,
            name,
            "(Ljava/lang/String;)V",
            Kind.NATIVE_LIBRARY,
            owner.substring(owner.lastIndexOf('/') + 1) + "." + name,
            advice);
      }
    }
  }

  private static void tasks() {
    String util = "java/util/concurrent/";
    String future = "L" + util + "Future;";
    for (String owner : List.of(
        "Executor",
        "ExecutorService",
        "AbstractExecutorService",
        "ScheduledExecutorService",
        "ThreadPoolExecutor",
        "ScheduledThreadPoolExecutor",
        "ForkJoinPool")) {
      hand(util + owner, "execute", "(Ljava/lang/Runnable;)V", "executed");
      if (owner.equals("Executor")) {
        continue;
      }
      String own = owner.equals("ForkJoinPool") ? "L" + util + "ForkJoinTask;" : future;
      hand(util + owner, "submit", "(Ljava/lang/Runnable;)" + own, "submitted");
      hand(util + owner, "submit", "(L" + util + "Callable;)" + own, "submitted");
      hand(util + owner, "submit", "(Ljava/lang/Runnable;Ljava/lang/Object;)" + own, "submitted");
      hand(util + owner, "invokeAll", "(Ljava/util/Collection;)Ljava/util/List;", "submitted");
      hand(
          util + owner,
          "invokeAll",
          "(Ljava/util/Collection;JL" + util + "TimeUnit;)Ljava/util/List;",
          "submitted");
      hand(util + owner, "invokeAny", "(Ljava/util/Collection;)Ljava/lang/Object;", "submitted");
    }
    for (String owner : List.of("CompletionService", "ExecutorCompletionService")) {
      hand(util + owner, "submit", "(L" + util + "Callable;)" + future, "submitted");
      hand(
          util + owner, "submit", "(Ljava/lang/Runnable;Ljava/lang/Object;)" + future, "submitted");
    }
    for (String owner : List.of("ScheduledExecutorService", "ScheduledThreadPoolExecutor")) {
      String scheduled = "JL" + util + "TimeUnit;)L" + util + "ScheduledFuture;";
      hand(util + owner, "schedule", "(Ljava/lang/Runnable;" + scheduled, "submitted");
      hand(util + owner, "schedule", "(L" + util + "Callable;" + scheduled, "submitted");
      hand(util + owner, "scheduleAtFixedRate", "(Ljava/lang/Runnable;J" + scheduled, "submitted");
      hand(
          util + owner,
          "scheduleWithFixedDelay",
          "(Ljava/lang/Runnable;J" + scheduled,
          "submitted");
    }
    completable(util);
  }

  private static void completable(String util) {
    String owner = util + "CompletableFuture";
    String ret = "L" + owner + ";";
    String executor = "L" + util + "Executor;";
    String function = "Ljava/util/function/";
    for (String end : List.of(")" + ret, executor + ")" + ret)) {
      wrap(owner, "supplyAsync", "(" + function + "Supplier;" + end, 0);
      wrap(owner, "runAsync", "(Ljava/lang/Runnable;" + end, 0);
      wrap(owner, "thenApplyAsync", "(" + function + "Function;" + end, 0);
      wrap(owner, "thenComposeAsync", "(" + function + "Function;" + end, 0);
      wrap(owner, "thenAcceptAsync", "(" + function + "Consumer;" + end, 0);
      wrap(owner, "thenRunAsync", "(Ljava/lang/Runnable;" + end, 0);
      wrap(owner, "handleAsync", "(" + function + "BiFunction;" + end, 0);
      wrap(owner, "whenCompleteAsync", "(" + function + "BiConsumer;" + end, 0);
      wrap(
          owner,
          "thenCombineAsync",
          "(L" + util + "CompletionStage;" + function + "BiFunction;" + end,
          1);
    }
    for (String then : List.of(
        "thenApply Function",
        "thenCompose Function",
        "thenAccept Consumer",
        "handle BiFunction",
        "whenComplete BiConsumer")) {
      String[] parts = words(then);
      wrap(owner, parts[0], "(" + function + parts[1] + ";)" + ret, 0);
    }
    wrap(owner, "thenRun", "(Ljava/lang/Runnable;)" + ret, 0);
  }

  private static String[] words(String two) {
    int space = two.indexOf(' ');
    return new String[] {two.substring(0, space), two.substring(space + 1)};
  }

  private static void call(
      String owner, String name, String desc, String target, String as, String api, String remedy) {
    add(
        owner,
        name,
        desc,
        Action.CALL,
        Kind.UNSEEDED_RANDOM,
        api,
        remedy,
        new Target(target, as),
        Replaced.IN_REPLACE);
  }

  private static void construct(String owner, String as, String api, String remedy) {
    add(
        owner,
        "<init>",
        "()V",
        Action.CONSTRUCT,
        Kind.UNSEEDED_RANDOM,
        api,
        remedy,
        new Target(RUNTIME, as),
        Replaced.IN_REPLACE);
  }

  private static void note(
      String owner, String name, String desc, Kind kind, String api, String remedy) {
    add(owner, name, desc, Action.NOTE, kind, api, remedy, null, Replaced.NEVER);
  }

  private static void implied(String owner, String name, String desc, String api) {
    note(owner, name, desc, Kind.INPUT_READ, api, PIN);
  }

  /**
   * The class named at the call may be any: a method of somebody's own that has this name is told from these by the stream
   * that it gives.
   */
  private static void given(String name, String type, String api) {
    add(
        ANY,
        name,
        "()Ljava/util/stream/" + type + ";",
        Action.RESULT,
        Kind.PARALLEL_ORDER,
        api,
        SEQUENTIAL,
        new Target(ORDER, "given"),
        Replaced.WITH_SEQUENTIAL);
  }

  private static void order(String owner, String name, String desc, String api, Replaced when) {
    add(
        owner,
        name,
        desc,
        Action.CALL,
        Kind.PARALLEL_ORDER,
        api,
        SEQUENTIAL,
        new Target(ORDER, name),
        when);
  }

  private static void directory(String owner, String name, String desc, String as, String api) {
    add(
        owner,
        name,
        desc,
        Action.CALL,
        Kind.DIRECTORY_ORDER,
        api,
        SORT,
        new Target(ORDER, as),
        Replaced.IN_REPLACE);
  }

  private static void read(
      String owner, String name, String desc, String as, String api, String remedy) {
    add(
        owner,
        name,
        desc,
        Action.CALL,
        Kind.INPUT_READ,
        api,
        remedy,
        new Target(READS, as),
        Replaced.NEVER);
  }

  private static void wrap(String owner, String name, String desc, int argument) {
    wrap(owner, name, desc, argument, null);
  }

  /** The first argument is handed to an executor, which decides whether it may be wrapped. */
  private static void hand(String owner, String name, String desc, String as) {
    wrap(owner, name, desc, 0, new Target(TASKS, as));
  }

  private static void wrap(
      String owner, String name, String desc, int argument, @Nullable Target target) {
    RULES.add(new Rule(
        owner,
        name,
        desc,
        Action.WRAP,
        Kind.PARALLEL_ORDER,
        name,
        "",
        target,
        Replaced.NEVER,
        argument));
  }

  private static void add(
      String owner,
      String name,
      String desc,
      Action action,
      Kind kind,
      String api,
      String remedy,
      @Nullable Target target,
      Replaced when) {
    RULES.add(new Rule(owner, name, desc, action, kind, api, remedy, target, when, -1));
  }
}
