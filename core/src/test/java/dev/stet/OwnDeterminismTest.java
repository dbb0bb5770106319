package dev.stet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stet.replication.Baseline;
import dev.stet.replication.Margin;
import dev.stet.replication.Metric;
import dev.stet.replication.Sample;
import dev.stet.seeds.Seed;
import java.lang.reflect.Field;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stet is held to what it asks of others: the same bits anywhere, and nothing of the user's touched. */
class OwnDeterminismTest {
  record Config(double rate, String title, Map<String, Double> weights) {}

  static final Config CONFIG = new Config(
      Double.parseDouble("2e23"),
      "T\u0131TLE I\u0130",
      Map.of("INPUT", 0.1, "input", -0.0, "\u0130", 1e-7));

  /** A lab whose results come from every kind of draw, in the trial's thread and in others. */
  static final class Lab {
    private Lab() {}

    static Experiment<Config> on(int threads, Path data) {
      Threads.count = threads;
      return Experiment.of("LAB \u0130\u0131", Config.class, Lab::run).data("TITLES", data);
    }

    static void run(Config config, Trial trial) throws Exception {
      double value = 0;
      for (int step = 0; step < 20; step++) {
        value += trial.random("NOISE", step).nextGaussian();
        trial.record("LOSS", value / config.rate());
      }
      double[] parts = new double[32];
      ExecutorService pool = Executors.newFixedThreadPool(Threads.count);
      try {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
          int part = i;
          all.add(pool.submit(() -> {
            parts[part] = trial.random("part", part).nextExponential();
            trial.record("part", part, parts[part]);
          }));
        }
        for (Future<?> one : all) {
          one.get();
        }
      } finally {
        pool.shutdown();
      }
      trial.digest("parts", parts);
      trial.digest("title", config.title());
      trial.record("accuracy", 0.9 + 0.01 * parts[0]);
    }
  }

  /** Apart from the lab: the number of threads is no part of its recipe. */
  static final class Threads {
    static volatile int count = 1;

    private Threads() {}
  }

  /** Prints what must be the same everywhere, and in its last line where it was. */
  static final class Everywhere {
    private Everywhere() {}

    public static void main(String[] arguments) throws Exception {
      int threads = Integer.parseInt(arguments[0]);
      Experiment<Config> lab = Lab.on(threads, Path.of(arguments[1]));
      Run run = lab.run(CONFIG, Seed.parse("42/\"\\u0131\"/I"));
      print("recipe " + run.fingerprint().recipe());
      print("trace " + run.trace().digest());
      print("run " + run.toString().replaceAll("completed in .*?, ", ""));
      Sample sample = sample(lab, Seed.of(7), threads);
      sample
          .runs()
          .forEach(one -> print("value " + Long.toHexString(Double.doubleToRawLongBits(one.value()))
              + " " + one.digest()));
      Path file = Files.createTempFile(Path.of(""), "base", ".json");
      Baseline.of(sample).write(file);
      print("baseline " + Files.readString(file));
      print(Baseline.of(sample)
          .compare(sample(lab, Seed.of(8), threads), Margin.relative(0.0125))
          .explain());
      System.out.println("where " + Locale.getDefault() + " "
          + TimeZone.getDefault().getID() + " " + Charset.defaultCharset() + " " + threads);
    }

    /** Without the fingerprint, whose environment is meant to differ. */
    private static Sample sample(Experiment<Config> lab, Seed root, int threads) {
      Study study = lab.study(CONFIG).seeds(root, 12).threads(threads).run();
      Metric metric = Metric.of("accuracy").higherIsBetter();
      return Sample.of(study.experiment(), metric, study.metric(metric).runs());
    }

    /** In ASCII, since the console's charset is one of the things that differ. */
    private static void print(String text) {
      text.chars()
          .mapToObj(c -> c < 128 ? String.valueOf((char) c) : "\\u" + Integer.toHexString(c))
          .forEach(System.out::print);
      System.out.println();
    }
  }

  /** Prints what a whole day of work with Stet changed in its JVM, and then what a careless body changes. */
  static final class Bystander {
    private static final Random MINE = new Random(1);

    private Bystander() {}

    public static void main(String[] arguments) throws Exception {
      Random captured = new Random(2);
      Map<String, Object> before = state(captured);
      work(captured, Path.of(arguments[0]));
      System.out.println("Stet changed " + changes(before, state(captured)));
      ArrayList<Integer> cards = new ArrayList<>(List.of(1, 2, 3));
      Experiment.of("careless", Config.class, (config, trial) -> {
            Math.random();
            Collections.shuffle(cards);
            MINE.nextInt();
            captured.nextInt();
            Locale.setDefault(Locale.CHINA);
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            System.setProperty("careless", "true");
            System.setOut(new java.io.PrintStream(System.out, true, UTF_8));
            new Thread(() -> pause(), "left behind").start();
          })
          .run(CONFIG, Seed.of(1));
      System.out.println("a careless body changed " + changes(before, state(captured)));
      Runtime.getRuntime().halt(0);
    }

    private static void pause() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void work(Random captured, Path data) throws Exception {
      Experiment<Config> lab = Lab.on(2, data);
      Run run = lab.run(CONFIG, Seed.of(1));
      lab.rerun(run, 2).requireIdentical();
      lab.rerunFirst(run, 3).requireIdentical();
      Experiment.Body<Config> body =
          (config, trial) -> trial.record("accuracy", captured.hashCode() == 0 ? 0 : 1);
      Experiment.of("captures", Config.class, body).run(CONFIG, Seed.fresh()).fingerprint();
      Experiment.of("fails", Config.class, (config, trial) -> {
            throw new AssertionError("no");
          })
          .attempt(CONFIG, Seed.of(1));
      Path file = Path.of("base.json");
      Baseline.of(lab.study(CONFIG).seeds(Seed.of(1), 6).threads(2).run().metric("accuracy"))
          .write(file);
      Sample fresh = lab.study(CONFIG).freshSeeds(6).threads(2).run().metric("accuracy");
      if (Baseline.read(file).compare(fresh, Margin.absolute(0.1)).explain().isEmpty()
          || run.fingerprint().toString().isEmpty()
          || run.fingerprint().toJson().isEmpty()) {
        throw new IllegalStateException("nothing was said");
      }
    }

    private static Map<String, Object> state(Random captured) throws Exception {
      Map<String, Object> state = new LinkedHashMap<>();
      state.put("Math.random", seed(hidden("java.lang.Math$RandomNumberGeneratorHolder")));
      state.put("Collections.shuffle", String.valueOf(seed(hidden("java.util.Collections"))));
      state.put("the user's Random", seed(MINE));
      state.put("the captured Random", seed(captured));
      state.put("locale", List.of(Locale.getDefault(), Locale.getDefault(Locale.Category.FORMAT)));
      state.put("time zone", TimeZone.getDefault().getID());
      state.put("properties", Map.copyOf(System.getProperties()));
      state.put(
          "outputs",
          List.of(System.identityHashCode(System.out), System.identityHashCode(System.err)));
      state.put("handler", String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
      state.put("context loader", Thread.currentThread().getContextClassLoader());
      state.put("interruption", Thread.currentThread().isInterrupted());
      state.put(
          "threads",
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !thread.isDaemon())
              .map(Thread::getName)
              .filter(name -> !name.startsWith("pool-"))
              .sorted()
              .toList());
      return state;
    }

    private static Random hidden(String owner) throws Exception {
      Class<?> type = Class.forName(owner);
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == Random.class) {
          field.setAccessible(true);
          Random random = (Random) field.get(null);
          return random == null ? new Random(0) : random;
        }
      }
      throw new IllegalStateException(owner + " holds no Random");
    }

    private static Object seed(Random random) throws Exception {
      Field seed = Random.class.getDeclaredField("seed");
      seed.setAccessible(true);
      return ((java.util.concurrent.atomic.AtomicLong) seed.get(random)).get();
    }

    private static List<String> changes(Map<String, Object> before, Map<String, Object> after) {
      return before.keySet().stream()
          .filter(name -> !Objects.equals(before.get(name), after.get(name)))
          .toList();
    }
  }

  @TempDir
  Path folder;

  private Path data() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("I.csv"), "1,2\n");
    Files.writeString(data.resolve("i.csv"), "3,4\n");
    return data;
  }

  @Nested
  class InAnotherJvm {
    @Test
    void bitsDependNeitherOnLocaleNorZoneNorCharsetNorThreads() throws Exception {
      String data = data().toString();
      List<String> plain = ChildJvm.in(
              folder,
              "-Duser.language=en",
              "-Duser.country=US",
              "-Duser.timezone=UTC",
              "-Dfile.encoding=UTF-8")
          .run(Everywhere.class, "1", data);
      List<String> turkish = ChildJvm.in(
              folder,
              "-Duser.language=tr",
              "-Duser.country=TR",
              "-Duser.timezone=Pacific/Chatham",
              "-Dfile.encoding=ISO-8859-1",
              "-XX:ActiveProcessorCount=3",
              "-XX:+UseSerialGC")
          .run(Everywhere.class, "4", data);

      int last = plain.size() - 1;
      assertThat(plain.get(last)).isEqualTo("where en_US UTC UTF-8 1");
      assertThat(turkish.get(last)).isEqualTo("where tr_TR Pacific/Chatham ISO-8859-1 4");
      assertThat(turkish.subList(0, last)).isEqualTo(plain.subList(0, last));
      assertThat(plain)
          .filteredOn(line -> line.startsWith("value "))
          .hasSize(12)
          .doesNotHaveDuplicates();
    }
  }

  @Nested
  class TheUser {
    @Test
    void isNotPerturbed() throws Exception {
      List<String> lines = ChildJvm.in(
              folder,
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              "--add-opens=java.base/java.util=ALL-UNNAMED")
          .run(Bystander.class, data().toString());

      assertThat(lines)
          .containsExactly(
              "Stet changed []",
              "a careless body changed [Math.random, Collections.shuffle, the user's Random, the captured Random,"
                  + " locale, time zone, properties, outputs, threads]");
    }
  }
}
