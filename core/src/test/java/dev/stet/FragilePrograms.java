package dev.stet;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Seeded programs that give the same bits again and again, until something else changes. */
final class FragilePrograms {
  record Config(int size) {}

  /** Without {@code hashCode}, as most classes. */
  private static final class Item {
    final int number;

    Item(int number) {
      this.number = number;
    }
  }

  private FragilePrograms() {}

  static void identityHashes(Config config, Trial trial) {
    Set<Item> items = new HashSet<>();
    for (int i = 0; i < config.size(); i++) {
      items.add(new Item(i));
    }
    StringBuilder order = new StringBuilder();
    items.forEach(item -> order.append(item.number).append(' '));
    trial.digest("order", order.toString());
  }

  static void parallelSum(Config config, Trial trial) {
    double[] draws = trial.random("draws").doubles(100_000).toArray();
    trial.record("sum", Arrays.stream(draws).parallel().reduce(0, Double::sum));
  }

  /** A small net at a learning rate at which it never settles, so that a last bit grows. */
  static void chaoticNet(Config config, Trial trial) {
    double weight = 3 + trial.random("weight").nextDouble();
    for (int step = 0; step < 2_000; step++) {
      double out = Math.tanh(weight) * Math.exp(-0.01 * weight) + Math.log(1 + weight * weight);
      weight = 3.9 * Math.abs(Math.sin(weight + out)) + 0.01;
      trial.record("weight", weight);
    }
  }

  @SuppressWarnings("StringCaseLocaleUsage") // that is its weakness
  static void textsAndFiles(Config config, Trial trial) throws IOException {
    trial.digest("title", String.format("%.3f title", 1234.5).toUpperCase());
    Path folder = Files.createTempDirectory("files");
    List<String> names = new ArrayList<>();
    try {
      for (int i = 0; i < 24; i++) {
        Files.createFile(folder.resolve("part-" + i));
      }
      names.addAll(List.of(folder.toFile().list()));
    } finally {
      for (String name : names) {
        Files.delete(folder.resolve(name));
      }
      Files.delete(folder);
    }
    trial.digest("order", String.join(" ", names));
  }

  /**
   * Large, so that two JVMs hardly ever agree: an order is a place to start from, and a direction. The table has two
   * places for each element, and even numbers fill every other one; others would leave half of it empty, and all that
   * start there agree.
   */
  static void saltedSet(Config config, Trial trial) {
    Set<Integer> salted =
        Set.copyOf(IntStream.range(0, 50_000).map(i -> 2 * i).boxed().toList());
    trial.digest("order", salted.stream().mapToInt(Integer::intValue).toArray());
  }

  static void failsInTurkish(Config config, Trial trial) {
    if (Locale.getDefault().getLanguage().equals("tr")) {
      throw new IllegalStateException("no Turkish here");
    }
    trial.record("done", 1);
  }

  /** Depends on each of these alone. */
  static void machine(Config config, Trial trial) {
    trial.record("processors", (double) Runtime.getRuntime().availableProcessors());
    trial.digest("zone", TimeZone.getDefault().getID());
    trial.digest("charset", Charset.defaultCharset().name());
    trial.digest(
        "collectors",
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(" ")));
    trial.digest("mode", System.getProperty("java.vm.info"));
  }

  static void sound(Config config, Trial trial) {
    for (int i = 0; i < config.size(); i++) {
      trial.record("value", StrictMath.exp(trial.random("value", i).nextGaussian()));
    }
  }
}
