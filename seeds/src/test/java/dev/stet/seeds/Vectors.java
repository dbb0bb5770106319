package dev.stet.seeds;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.PrimitiveIterator;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What scheme version 1 yields, as the text of {@code docs/seeds-vectors.json}. */
final class Vectors {
  private static final int CALLS = 100_000;
  private static final int ADDRESSABLE_CALLS = 5_000;
  private static final int SHOWN = 6;

  private Vectors() {}

  static String json() {
    List<String> seeds = new ArrayList<>();
    seed(seeds, Seed.of(0), "{\"long\": \"0\"}", "");
    seed(seeds, Seed.of(42), "{\"long\": \"42\"}", "");
    seed(seeds, Seed.of(-1), "{\"long\": \"-1\"}", "");
    seed(seeds, Seed.of(Long.MIN_VALUE), "{\"long\": \"-9223372036854775808\"}", "");
    seed(seeds, Seed.of(new byte[] {0}), "{\"bytes\": \"00\"}", "");
    seed(seeds, Seed.of(new byte[] {0, (byte) 0xff}), "{\"bytes\": \"00ff\"}", "");
    seed(seeds, Seed.of(new byte[200]), "{\"bytes\": \"" + "00".repeat(200) + "\"}", "");
    seed(seeds, Seed.ofKey(new byte[32]), "{\"key\": \"" + "00".repeat(32) + "\"}", "");
    Seed root = Seed.of(42);
    String long42 = "{\"long\": \"42\"}";
    seed(seeds, root.child("weights"), long42, "\"weights\"");
    seed(seeds, root.child("weights").child(3), long42, "\"weights\", 3");
    seed(seeds, root.child(3), long42, "3");
    seed(seeds, root.child("3"), long42, "\"3\"");
    seed(seeds, root.child(-3), long42, "-3");
    seed(seeds, root.child(""), long42, "\"\"");
    seed(seeds, root.child("ab").child("c"), long42, "\"ab\", \"c\"");
    seed(seeds, root.child("a").child("bc"), long42, "\"a\", \"bc\"");
    seed(seeds, root.child("a/b"), long42, "\"a/b\"");
    seed(seeds, root.child("two words"), long42, "\"two words\"");
    seed(seeds, root.child("\u00e9\ud83c\udfb2"), long42, "\"\\u00e9\\ud83c\\udfb2\"");
    seed(seeds, root.child("e\u0301"), long42, "\"e\\u0301\"");
    seed(seeds, root.child("x".repeat(100)), long42, "\"" + "x".repeat(100) + "\"");

    List<String> runs = new ArrayList<>();
    run(runs, "nextLong()", s -> new long[] {s.nextLong()}, Long::toString);
    run(runs, "nextInt()", s -> new long[] {s.nextInt()}, Long::toString);
    run(runs, "nextBoolean()", s -> new long[] {s.nextBoolean() ? 1 : 0}, Long::toString);
    run(runs, "nextInt(100)", s -> new long[] {s.nextInt(100)}, Long::toString);
    run(runs, "nextInt(1610612736)", s -> new long[] {s.nextInt(1610612736)}, Long::toString);
    run(
        runs,
        "nextInt(-2000000000, 2000000000)",
        s -> new long[] {s.nextInt(-2000000000, 2000000000)},
        Long::toString);
    run(runs, "nextLong(10)", s -> new long[] {s.nextLong(10)}, Long::toString);
    run(
        runs,
        "nextLong(6917529027641081856)",
        s -> new long[] {s.nextLong(6917529027641081856L)},
        Long::toString);
    run(
        runs,
        "nextLong(-9223372036854775808, 4611686018427387904)",
        s -> new long[] {s.nextLong(Long.MIN_VALUE, 1L << 62)},
        Long::toString);
    run(runs, "nextFloat()", s -> new long[] {bits(s.nextFloat())}, Vectors::hexFloat);
    run(runs, "nextFloat(0.1)", s -> new long[] {bits(s.nextFloat(0.1f))}, Vectors::hexFloat);
    run(
        runs,
        "nextFloat(-1, 3.7)",
        s -> new long[] {bits(s.nextFloat(-1f, 3.7f))},
        Vectors::hexFloat);
    run(runs, "nextDouble()", s -> new long[] {bits(s.nextDouble())}, Vectors::hexDouble);
    run(runs, "nextDouble(2.5)", s -> new long[] {bits(s.nextDouble(2.5))}, Vectors::hexDouble);
    run(
        runs,
        "nextDouble(-1, 3.7)",
        s -> new long[] {bits(s.nextDouble(-1, 3.7))},
        Vectors::hexDouble);
    run(
        runs,
        "nextDouble(-max, max)",
        s -> new long[] {bits(s.nextDouble(-Double.MAX_VALUE, Double.MAX_VALUE))},
        Vectors::hexDouble);
    run(
        runs,
        "nextDouble(1, 1+ulp)",
        s -> new long[] {bits(s.nextDouble(1, Math.nextUp(1.0)))},
        Vectors::hexDouble);
    run(runs, "equiDoubles[0, 1]", s -> equi(s, 0, 1, true, true), Vectors::hexDouble);
    run(runs, "equiDoubles(-0.1, 3)", s -> equi(s, -0.1, 3, false, false), Vectors::hexDouble);
    run(runs, "nextBytes(13)", Vectors::bytes, Long::toString);
    run(runs, "nextGaussian()", s -> new long[] {bits(s.nextGaussian())}, Vectors::hexDouble);
    run(
        runs,
        "nextGaussian(3, 0.1)",
        s -> new long[] {bits(s.nextGaussian(3, 0.1))},
        Vectors::hexDouble);
    run(runs, "nextExponential()", s -> new long[] {bits(s.nextExponential())}, Vectors::hexDouble);
    run(runs, "permutation(10)", s -> longs(s.permutation(10)), Long::toString);
    run(runs, "sample(20, 5)", s -> longs(s.sample(20, 5)), Long::toString);
    run(runs, "sample(100000, 5)", s -> longs(s.sample(100_000, 5)), Long::toString);

    return "{\n"
        + "\"scheme\": \"stet seeds v1\",\n"
        + "\"ziggurat_edges\": [\n" + edges() + "\n],\n"
        + "\"seeds\": [\n" + String.join(",\n", seeds) + "\n],\n"
        + "\"runs\": [\n" + String.join(",\n", runs) + "\n]\n}\n";
  }

  private static void seed(List<String> out, Seed seed, String root, String path) {
    RandomStream stream = seed.stream();
    AddressableStream addressable = seed.addressable();
    out.add("{\"text\": " + quote(seed.toString())
        + ",\n \"root\": " + root
        + ", \"path\": [" + path + "]"
        + ",\n \"key\": \"" + HexFormat.of().formatHex(seed.key()) + "\""
        + ",\n \"toLong\": \"" + seed.toLong() + "\", \"toInt\": " + seed.toInt()
        + ",\n \"state\": " + quote(stream.state())
        + ",\n \"words\": [" + words(stream) + "]"
        + ",\n \"addressable_state\": " + quote(addressable.state())
        + ",\n \"addressable_words\": [" + words(addressable) + "]}");
  }

  private static void run(
      List<String> out,
      String call,
      Function<RandomStream, long[]> draw,
      LongFunction<String> shown) {
    Seed seed = Seed.of(42).child("golden").child(call);
    out.add(run(call, "default", CALLS, seed, seed.stream(), draw, shown));
    out.add(run(call, "addressable", ADDRESSABLE_CALLS, seed, seed.addressable(), draw, shown));
  }

  private static String run(
      String call,
      String kind,
      int calls,
      Seed seed,
      RandomStream stream,
      Function<RandomStream, long[]> draw,
      LongFunction<String> shown) {
    MessageDigest digest = sha256();
    List<String> first = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long[] numbers = draw.apply(stream);
      ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length);
      for (long number : numbers) {
        bytes.putLong(number);
        if (first.size() < SHOWN) {
          first.add("\"" + shown.apply(number) + "\"");
        }
      }
      digest.update(bytes.array());
    }
    return String.format(
            Locale.ROOT,
            "{\"call\": %s, \"stream\": \"%s\", \"seed\": %s, \"calls\": %d,%n"
                + " \"first\": [%s],%n \"sha256\": \"%s\",%n \"state\": %s}",
            quote(call),
            kind,
            quote(seed.toString()),
            calls,
            String.join(", ", first),
            HexFormat.of().formatHex(digest.digest()),
            quote(stream.state()))
        .replace(System.lineSeparator(), "\n");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String edges() {
    List<String> edges = new ArrayList<>();
    for (double edge : Ziggurat.EDGE) {
      edges.add("\"" + Double.toHexString(edge) + "\"");
    }
    return String.join(",\n", edges);
  }

  private static String words(RandomStream stream) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < SHOWN; i++) {
      words.add("\"" + HexFormat.of().toHexDigits(stream.nextLong()) + "\"");
    }
    return String.join(", ", words);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static long[] equi(RandomStream s, double left, double right, boolean a, boolean b) {
    PrimitiveIterator.OfDouble numbers =
        s.equiDoubles(left, right, a, b).limit(1).iterator();
    return new long[] {bits(numbers.nextDouble())};
  }

  private static long[] bytes(RandomStream s) {
    byte[] bytes = new byte[13];
    s.nextBytes(bytes);
    long[] longs = new long[13];
    for (int i = 0; i < 13; i++) {
      longs[i] = bytes[i];
    }
    return longs;
  }

  private static long[] longs(int[] ints) {
    return java.util.Arrays.stream(ints).asLongStream().toArray();
  }

  private static long bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static String hexFloat(long bits) {
    return Float.toHexString(Float.intBitsToFloat((int) bits));
  }

  private static String hexDouble(long bits) {
    return Double.toHexString(Double.longBitsToDouble(bits));
  }
}
