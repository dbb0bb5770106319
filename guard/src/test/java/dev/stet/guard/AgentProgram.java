package dev.stet.guard;

import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Started by tests with the agent: runs trials and prints, line by line, what they gave and what was seen. */
final class AgentProgram {
  static final Random UNSEEDED = new Random();
  static final Random SEEDED = new Random(5);
  static final Holder HOLDER = new Holder();
  static final ThreadLocalRandom[] KEPT = new ThreadLocalRandom[1];

  private AgentProgram() {}

  /** An object in a static field with a generator of its own. */
  static final class Holder {
    private final Random held = new Random();

    long draw() {
      return held.nextLong();
    }
  }

  public static void main(String... arguments) throws Exception {
    if (arguments.length > 0) {
      System.out.println("attached=" + Guard.attach(GuardOptions.parse(arguments[0])));
    }
    System.out.println("status=" + Guard.status());
    System.out.println("settings=" + new TreeMap<>(Guard.settings()));
    System.out.println("set=" + Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
    System.out.println("map=" + Map.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8));
    Map<String, Supplier<Object>> all = new TreeMap<>();
    all.put("math", () -> (Object) Math.random());
    all.put("static", () -> (Object) UNSEEDED.nextInt());
    all.put("seeded", () -> (Object) SEEDED.nextInt());
    all.put("held", () -> (Object) HOLDER.draw());
    all.put("local", () -> (Object) kept().nextInt());
    all.put("reflection", () -> (Object) reflective());
    for (Map.Entry<String, Supplier<Object>> one : all.entrySet()) {
      for (int trial = 1; trial <= 2; trial++) {
        Watch watch = GuardWatch.begin();
        Object value = one.getValue().get();
        print(one.getKey() + trial, value, GuardWatch.end(watch));
      }
    }
  }

  /** Keeps the generator of the thread where no rewriting follows it. */
  private static Random kept() {
    KEPT[0] = ThreadLocalRandom.current();
    return KEPT[0];
  }

  private static long reflective() {
    try {
      Constructor<Random> constructor = Random.class.getConstructor();
      return constructor.newInstance().nextLong();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String name, Object value, Observation seen) {
    System.out.println(name + "=" + value);
    for (Finding finding : seen.findings()) {
      if (finding.kind() != Finding.Kind.NATIVE_LIBRARY) {
        System.out.println(name + ".found=" + finding.kind() + " " + finding.treatment() + " "
            + finding.api() + " " + finding.count() + " " + finding.place());
      }
    }
    System.out.println(name + ".limits=" + seen.limits());
    System.out.println(name + ".fails=" + seen.fails());
  }

  /** Trials of one seed. */
  static final class GuardWatch {
    private GuardWatch() {}

    static Watch begin() {
      GuardOptions options = Guard.options();
      return Watch.begin(options == null ? GuardOptions.observe() : options, Seed.of(1));
    }

    static Observation end(Watch watch) {
      return watch.end();
    }
  }
}
