package dev.stet.junit;

import dev.stet.Experiment;
import dev.stet.Rerun;
import dev.stet.Reruns;
import dev.stet.Run;
import dev.stet.seeds.Seed;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A test method that is run as a trial, and rerun if it must be bit for bit the same. */
final class TestTrial {
  private final TestBody body;
  private final Experiment<Map<String, Object>> experiment;
  private final Map<String, Object> config;

  private TestTrial(
      TestBody body, Experiment<Map<String, Object>> experiment, Map<String, Object> config) {
    this.body = body;
    this.experiment = experiment;
    this.config = config;
  }

  static TestTrial of(
      TestName test, @Nullable Object object, List<? extends @Nullable Object> arguments) {
    TestBody body = new TestBody(test, object, arguments);
    return new TestTrial(
        body, Experiment.ofMap(test.words(), body), config(test.method(), arguments));
  }

  /** The arguments of a parameterized test are its settings, as far as they are plain values. */
  private static Map<String, Object> config(
      Method method, List<? extends @Nullable Object> arguments) {
    Map<String, Object> config = new TreeMap<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Object value = arguments.get(i);
      if (value instanceof Number number) {
        config.put(parameters[i].getName(), setting(number));
      } else if (value instanceof String || value instanceof Boolean) {
        config.put(parameters[i].getName(), value);
      } else if (value instanceof Enum<?> constant) {
        config.put(parameters[i].getName(), constant.name());
      } else if (value instanceof Character letter) {
        config.put(parameters[i].getName(), letter.toString());
      }
    }
    return config;
  }

  /** A config is read back from its text, which has fewer kinds of numbers than Java. */
  static Object setting(Number number) {
    if (number instanceof Byte || number instanceof Short) {
      return number.intValue();
    }
    if (number instanceof Float) {
      // The decimal that was written: 0.1f is 0.1, and not 0.10000000149011612.
      return Double.valueOf(number.toString());
    }
    boolean isReadBack = number instanceof Integer
        || number instanceof Long
        || number instanceof Double
        || number instanceof BigInteger
        || number instanceof BigDecimal;
    return isReadBack ? number : number.toString();
  }

  /** Makes ready for fresh JVMs, before the first run; or says which argument cannot go there. */
  Optional<Obstacle> pack() {
    return body.pack();
  }

  Run run(Seed seed) {
    return experiment.attempt(config, seed);
  }

  /** Reruns, and fails unless all is equal. */
  Rerun rerun(Run run, Reruns how) {
    Rerun rerun = experiment.rerun(run, how);
    if (!(rerun instanceof Rerun.Identical identical) || identical.records() == 0) {
      throw new AssertionFailedError(rerun.explain());
    }
    return rerun;
  }

  static Reruns reruns(BitForBit how) {
    if (how.jvm() == BitForBit.Jvm.FRESH) {
      return how.value() == BitForBit.STANDARD
          ? Reruns.inFreshJvms()
          : Reruns.inFreshJvms(how.value());
    }
    return how.value() == BitForBit.STANDARD ? Reruns.standard() : Reruns.inThisJvm(how.value());
  }
}
