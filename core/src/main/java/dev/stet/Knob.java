package dev.stet;

/**
 * One thing of a JVM and its surroundings that a result should not depend on, and often does. {@link Experiment#perturb}
 * turns one at a time.
 *
 * @since 0.1
 */
public enum Knob {
  /** The parallelism of the common pool, in which parallel streams run: 7, or 3 where it was 7. */
  THREADS(
      "threads",
      "Something depends on how parallel work is divided: a sum of doubles over a parallel stream takes another shape with"
          + " another parallelism. Add in a fixed order, or record the parallelism as part of the experiment."),
  /** The number of processors that the JVM sees: 16, or 3 where there were 16 or more. The garbage collector stays. */
  PROCESSORS(
      "processors",
      "Something depends on the number of processors: Runtime.availableProcessors(), a pool of that size, a parallel"
          + " stream. Make the number a setting of the config."),
  /** The default locale: Turkish, or German where it was Turkish. */
  LOCALE(
      "locale",
      "A text depends on the default locale: String.format, toUpperCase, toLowerCase, a Scanner. Give Locale.ROOT."),
  /** The default time zone: Pacific/Chatham, or Asia/Kolkata where it was that. */
  TIME_ZONE(
      "time zone",
      "A date depends on the default time zone: LocalDate.now, Calendar, SimpleDateFormat. Give a zone."),
  /** The default charset: ISO-8859-1, or UTF-8 where it was that. */
  CHARSET(
      "charset",
      "A text depends on the default charset: getBytes(), FileReader, Scanner, PrintStream. Give StandardCharsets.UTF_8."),
  /** How HotSpot makes identity hash codes: {@code -XX:hashCode=0}, or 5 where it was 0. */
  IDENTITY_HASH(
      "identity hashes",
      "An order depends on identity hash codes: a HashMap or HashSet of objects without hashCode, of enums or classes."
          + " Use LinkedHashMap, LinkedHashSet or EnumMap."),
  /** The garbage collector: Serial, or Parallel where it was Serial. */
  GARBAGE_COLLECTOR(
      "garbage collector",
      "Something depends on the garbage collector: an order of identity hash codes, or what a weak or soft reference still"
          + " holds. Use linked collections and strong references."),
  /** The archive of class data: {@code -Xshare:off}. */
  CLASS_DATA_SHARING(
      "class data archive",
      "Something depends on what the JVM did before the program began: nearly always an order of identity hash codes. Use"
          + " LinkedHashMap, LinkedHashSet or EnumMap."),
  /** No compiled code: {@code -Xint}. */
  INTERPRETER(
      "interpreter only",
      "Something depends on whether code is compiled, or on how long things take: the Vector API, a race, a time limit."),
  /** The mathematical library in software: {@code -XX:-UseLibmIntrinsic}, as on another family of processors. */
  LIBM(
      "mathematical library",
      "Bits depend on the mathematical functions of this JDK and processor: Math.exp, log, pow, sin, cos, tan, tanh."
          + " StrictMath gives the same bits everywhere."),
  /** The salt of {@code Set.of} and {@code Map.of}, which each JVM draws: turned by the plain reruns. */
  SALT(
      "salt of Set.of",
      "An order depends on the salt that each JVM draws for Set.of and Map.of. Use LinkedHashSet, TreeSet or List."),
  /** The temporary directory, on another file system: in {@code /dev/shm}. */
  TEMPORARY_DIRECTORY(
      "temporary directory",
      "Something depends on the file system: nearly always the order of File.listFiles, Files.list or Files.walk. Sort what"
          + " they give."),
  /** Another Java, if its home is given by {@link Knobs#withOtherJava}. */
  JAVA(
      "other Java",
      "Bits depend on the JDK: often the last bits of Math.tanh, sinh, cbrt or exp, for which StrictMath is the same"
          + " everywhere; sometimes a library that chooses by version.");

  private final String words;
  private final String advice;

  Knob(String words, String advice) {
    this.words = words;
    this.advice = advice;
  }

  /**
   * Names the knob in words.
   *
   * @return a few words in lower case
   */
  public String words() {
    return words;
  }

  /**
   * Says what a change of bits by this knob points to, and what to do about it.
   *
   * @return one or more sentences
   */
  public String advice() {
    return advice;
  }
}
