package dev.stet.spi;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One call site, or one other source, of something that is not the trial's own.
 *
 * <p>Findings are ordered worst first: by kind, then by treatment, then by count, then by name.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param kind what was found
 * @param treatment what was done about it
 * @param api what was called, such as {@code Math.random}; or another name of the source
 * @param className the binary name of the class with the call site; empty if there is none
 * @param method the method with the call site; empty if there is none
 * @param file the source file of the call site; empty if it is unknown
 * @param line the line of the call site; 0 if it is unknown
 * @param count how often it was seen in the trial, at least 1
 * @param remedy what the reader may do about it, in words; may be empty
 * @since 0.1
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // only the tool that writes the pages knows it
public record Finding(
    Kind kind,
    Treatment treatment,
    String api,
    String className,
    String method,
    String file,
    int line,
    long count,
    String remedy)
    implements Comparable<Finding>, Serializable {
  private static final Comparator<Finding> WORST_FIRST = Comparator.comparing(Finding::certainty)
      .thenComparing(Finding::kind)
      .thenComparing(Finding::treatment)
      .thenComparing(Comparator.comparingLong(Finding::count).reversed())
      .thenComparing(Finding::className)
      .thenComparing(Finding::method)
      .thenComparingInt(Finding::line)
      .thenComparing(Finding::api)
      .thenComparing(Finding::file)
      .thenComparing(Finding::remedy);

  /**
   * Checks the values.
   *
   * @param kind what was found
   * @param treatment what was done about it
   * @param api what was called
   * @param className the class with the call site
   * @param method the method with the call site
   * @param file the source file
   * @param line the line, 0 if unknown
   * @param count how often, at least 1
   * @param remedy what to do about it
   * @throws IllegalArgumentException if {@code api} is blank, {@code line} is negative or {@code count} is less than 1
   */
  public Finding {
    requireNonNull(kind, "kind");
    requireNonNull(treatment, "treatment");
    requireNonNull(className, "className");
    requireNonNull(method, "method");
    requireNonNull(file, "file");
    requireNonNull(remedy, "remedy");
    if (requireNonNull(api, "api").isBlank()) {
      throw new IllegalArgumentException("a finding must say what was used; got a blank api.");
    }
    if (line < 0) {
      throw new IllegalArgumentException(
          "line must be positive, or 0 if it is unknown; got " + line + ".");
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1; got " + count + ".");
    }
  }

  /**
   * Makes a finding in a Java source file that has the name of its outermost class.
   *
   * @param kind what was found
   * @param treatment what was done about it
   * @param api what was called
   * @param className the class with the call site; empty if there is none
   * @param method the method with the call site; empty if there is none
   * @param line the line, 0 if unknown
   * @param count how often, at least 1
   * @param remedy what to do about it
   */
  public Finding(
      Kind kind,
      Treatment treatment,
      String api,
      String className,
      String method,
      int line,
      long count,
      String remedy) {
    this(kind, treatment, api, className, method, fileOf(className), line, count, remedy);
  }

  private static String fileOf(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    int nested = simple.indexOf('$', 1);
    String outermost = nested < 0 ? simple : simple.substring(0, nested);
    return outermost.isEmpty() ? "" : outermost + ".java";
  }

  /**
   * Says how sure it is that this makes runs differ.
   *
   * @return the certainty of the kind; information if the use was replaced, since the trial then is its own
   */
  public Certainty certainty() {
    return treatment == Treatment.REPLACED ? Certainty.INFORMATION : kind.certainty();
  }

  /**
   * Returns the call site as in a stack trace, which consoles turn into a link.
   *
   * @return such as {@code weka.classifiers.bayes.net.search.local.K2.search(K2.java:185)}; empty if there is no call site
   */
  public String place() {
    if (className.isEmpty()) {
      return "";
    }
    String inside = method.isEmpty() ? className : className + "." + method;
    String source = file.isEmpty() ? "Unknown Source" : line == 0 ? file : file + ":" + line;
    return inside + "(" + source + ")";
  }

  /**
   * Returns the same finding with another count.
   *
   * @param times how often it was seen, at least 1
   * @return a copy
   */
  public Finding withCount(long times) {
    return new Finding(kind, treatment, api, className, method, file, line, times, remedy);
  }

  @Override
  public int compareTo(Finding other) {
    return WORST_FIRST.compare(this, other);
  }

  /** How sure it is that a finding makes runs differ. */
  public enum Certainty {
    /** It does, whenever its value matters. */
    DEFECT,
    /** It may. */
    RISK,
    /** It is worth knowing when runs differ between machines. */
    INFORMATION
  }

  /** What was found, worst first. */
  public enum Kind {
    /** A generator seeded from the clock. */
    SEED_FROM_CLOCK(Certainty.DEFECT, "seed from the clock"),
    /** A generator that nobody seeded. */
    UNSEEDED_RANDOM(Certainty.DEFECT, "unseeded generator"),
    /** A generator in a static field that was made before the trial, and is not the trial's. */
    STATIC_GENERATOR(Certainty.DEFECT, "generator made before the trial"),
    /** State that an earlier trial in the same JVM left behind. */
    CARRIED_OVER(Certainty.DEFECT, "state of an earlier trial"),
    /** A secure generator, which no seed determines. */
    SECURE_RANDOM(Certainty.RISK, "secure generator"),
    /** An order, or a shape of sums, that depends on threads. */
    PARALLEL_ORDER(Certainty.RISK, "order of threads"),
    /** An order that depends on identity hashes or on the salt of immutable collections. */
    HASH_ORDER(Certainty.RISK, "order of hashes"),
    /** An order that depends on the file system. */
    DIRECTORY_ORDER(Certainty.RISK, "order of files"),
    /** Uses that are known to have escaped the watcher. */
    BLIND_SPOT(Certainty.RISK, "escaped the guard"),
    /** The time. */
    CLOCK(Certainty.INFORMATION, "clock"),
    /** Mathematics whose last bits depend on the JDK and the processor. */
    PLATFORM_MATH(Certainty.INFORMATION, "platform mathematics"),
    /** A property, an environment variable, the locale, the time zone, the charset or the number of processors. */
    INPUT_READ(Certainty.INFORMATION, "input of the environment"),
    /** A native library. */
    NATIVE_LIBRARY(Certainty.INFORMATION, "native library");

    private final Certainty certainty;
    private final String words;

    Kind(Certainty certainty, String words) {
      this.certainty = certainty;
      this.words = words;
    }

    /**
     * Says how sure it is that this kind makes runs differ.
     *
     * @return the certainty
     */
    public Certainty certainty() {
      return certainty;
    }

    /**
     * Names the kind in words.
     *
     * @return a few words in lower case
     */
    public String words() {
      return words;
    }
  }

  /** What was done about a finding. */
  public enum Treatment {
    /** Nothing: it is known, and may be replaced. */
    OBSERVED("observed"),
    /** On a thread that cannot be connected to the trial, so that it may belong to another one. */
    ORPHAN("on a thread of no known trial"),
    /** Nothing can be done about it from outside the code. */
    NOT_FIXABLE("cannot be replaced"),
    /** It was replaced by something of the trial's own. */
    REPLACED("replaced");

    private final String words;

    Treatment(String words) {
      this.words = words;
    }

    /**
     * Names the treatment in words.
     *
     * @return a few words in lower case
     */
    public String words() {
      return words;
    }
  }
}
