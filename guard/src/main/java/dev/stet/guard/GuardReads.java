package dev.stet.guard;

import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls where it reads its environment: the values that a trial read are told with it. Not for calling;
 * not stable.
 *
 * <p>Each method returns what was read, unchanged.
 */
@SuppressWarnings("MissingJavadocMethod")
public final class GuardReads {
  private GuardReads() {}

  private static void tell(int site, String call, @Nullable Object value) {
    Watch watch = Trials.active;
    if (watch != null) {
      watch.input(site, call + " = " + value);
    }
  }

  private static void property(int site, String call, @Nullable String name) {
    Watch watch = Trials.active;
    if (watch != null && name != null) {
      watch.input(site, call + "(\"" + name + "\")" + Redaction.property(name));
    }
  }

  public static @Nullable String property(String name, int site) {
    property(site, "System.getProperty", name);
    return System.getProperty(name);
  }

  public static @Nullable String property(String name, @Nullable String otherwise, int site) {
    property(site, "System.getProperty", name);
    return System.getProperty(name, otherwise);
  }

  public static boolean flag(String name, int site) {
    property(site, "Boolean.getBoolean", name);
    return Boolean.getBoolean(name);
  }

  public static @Nullable Integer integer(String name, int site) {
    property(site, "Integer.getInteger", name);
    return Integer.getInteger(name);
  }

  public static @Nullable Integer integer(String name, int otherwise, int site) {
    property(site, "Integer.getInteger", name);
    return Integer.getInteger(name, otherwise);
  }

  public static @Nullable String variable(String name, int site) {
    Watch watch = Trials.active;
    if (watch != null) {
      watch.input(site, "System.getenv(\"" + name + "\")" + Redaction.variable(name));
    }
    return System.getenv(name);
  }

  public static Map<String, String> variables(int site) {
    Watch watch = Trials.active;
    if (watch != null) {
      watch.input(site, "System.getenv()");
    }
    return System.getenv();
  }

  public static int processors(Runtime runtime, int site) {
    int value = runtime.availableProcessors();
    tell(site, "Runtime.availableProcessors()", value);
    return value;
  }

  public static long memory(Runtime runtime, int site) {
    long value = runtime.maxMemory();
    tell(site, "Runtime.maxMemory()", value);
    return value;
  }

  public static int parallelism(int site) {
    int value = ForkJoinPool.getCommonPoolParallelism();
    tell(site, "ForkJoinPool.getCommonPoolParallelism()", value);
    return value;
  }

  public static Locale locale(int site) {
    Locale value = Locale.getDefault();
    if (Trials.active != null) {
      tell(site, "Locale.getDefault()", value.toLanguageTag());
    }
    return value;
  }

  public static TimeZone zone(int site) {
    TimeZone value = TimeZone.getDefault();
    tell(site, "TimeZone.getDefault()", value.getID());
    return value;
  }

  public static ZoneId zoneId(int site) {
    ZoneId value = ZoneId.systemDefault();
    tell(site, "ZoneId.systemDefault()", value);
    return value;
  }

  public static Charset charset(int site) {
    Charset value = Charset.defaultCharset();
    tell(site, "Charset.defaultCharset()", value);
    return value;
  }
}
