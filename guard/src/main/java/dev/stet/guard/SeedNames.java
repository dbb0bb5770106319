package dev.stet.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names tell: whether they are those of seeds and of generators. A name that may be a time's as well is not a seed's:
 * missing a seed leaves a program as it is, and replacing a time breaks it.
 */
final class SeedNames {
  private static final Pattern WORD = Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}+");
  private static final Set<String> SEEDS = Set.of("seed", "seeds", "randomseed", "rngseed");

  /** What a seed is still a seed with: {@code seedValue} is one, {@code seedTime} is not. */
  private static final Set<String> ENDINGS = Set.of(
      "value", "number", "base", "bits", "long", "int", "high", "low", "hi", "lo", "uniquifier");

  /** What comes after these says where the seed is from or for: {@code seedFromClock}. */
  private static final Set<String> JOINTS = Set.of("from", "for", "with", "by", "unless", "or");

  /** Of a name with one of these before the seed, the seed is not what is named: {@code timeOfSeed}. */
  private static final Set<String> OTHERS = Set.of("of", "since", "until", "before", "after", "re");

  private static final Pattern GENERATOR = Pattern.compile(
      ".*(?:(?:Random|Pseudorandom)(?:(?:Number|Bits?|Data)?(?:Generator|Engine)|izer)?|Prng|Rng|RNG)\\d*"
          + "|(?:.*[^\\p{Lu}])?(?:Mersenne|(?:Mersenne)?Twister|XorShift|XORShift|Xorshift|XORWOW|Xoshiro|Xoroshiro"
          + "|XoRo\\p{Alpha}*|ISAAC|Isaac|KISS|SplitMix|Philox|Lcg|LCG|CMWC|(?:Well|WELL)\\d{3,}\\p{Ll}?)"
          + "(?:\\d|x|_|Plus|Star|Mix|Fast|Rng|RNG|Generator|Engine)*");

  private SeedNames() {}

  /** Whether it names a seed: {@code seed}, {@code randomSeed}, {@code RANDOM_SEED}, {@code setSeed}, {@code seedValue}. */
  static boolean isSeed(String name) {
    List<String> words = words(name);
    int at = words.size() - 1;
    while (at >= 0 && !SEEDS.contains(words.get(at))) {
      at--;
    }
    if (at < 0 || !Collections.disjoint(words.subList(0, at), OTHERS)) {
      return false;
    }
    List<String> after = words.subList(at + 1, words.size());
    return ENDINGS.containsAll(after) || JOINTS.contains(after.get(0));
  }

  /** Whether a method of this name takes a seed. */
  static boolean takesSeed(String method) {
    return isSeed(method)
        || method.toLowerCase(Locale.ROOT).equals("reseed")
        || method.toLowerCase(Locale.ROOT).equals("re_seed");
  }

  /** Whether it is a generator's, of which the package and the enclosing class say nothing. */
  static boolean isGenerator(String type) {
    String simple = type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    return GENERATOR.matcher(simple).matches();
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(name);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
