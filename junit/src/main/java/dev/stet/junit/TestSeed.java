package dev.stet.junit;

import dev.stet.seeds.Seed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The seed of one test, where it came from, and what becomes of it when the test has ended. */
final class TestSeed {
  private enum Origin {
    PROPERTY,
    ANNOTATION,
    FAILED_BEFORE,
    FRESH
  }

  private final TestName test;
  private final Seed seed;
  private final Origin origin;
  private final FailingSeed memory;
  private boolean kept;
  private boolean hasFailed;

  private TestSeed(TestName test, Seed seed, Origin origin, FailingSeed memory) {
    this.test = test;
    this.seed = Seed.replayable(seed);
    this.origin = origin;
    this.memory = memory;
  }

  static TestSeed of(ExtensionContext context) {
    TestName test = TestName.of(context);
    FailingSeed memory = FailingSeed.of(test);
    if (System.getProperty(Seed.PROPERTY) != null) {
      return new TestSeed(test, Seed.of(0), Origin.PROPERTY, memory);
    }
    Seed declared = declared(context);
    if (declared != null) {
      return new TestSeed(test, declared, Origin.ANNOTATION, memory);
    }
    return memory
        .read()
        .map(kept -> new TestSeed(test, kept, Origin.FAILED_BEFORE, memory))
        .orElseGet(() -> new TestSeed(test, Seed.fresh(), Origin.FRESH, memory));
  }

  /** The seed of the nearest annotation that has one: the method's, the class's, that of a class around it. */
  private static @Nullable Seed declared(ExtensionContext context) {
    String text = AnnotationSupport.findAnnotation(context.getElement(), Replayable.class)
        .map(Replayable::value)
        .orElse("");
    for (Class<?> type = context.getRequiredTestClass();
        text.isEmpty() && type != null;
        type = type.getEnclosingClass()) {
      text = AnnotationSupport.findAnnotation(type, Replayable.class)
          .map(Replayable::value)
          .orElse("");
    }
    try {
      return text.isEmpty() ? null : Seed.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(
          "the seed in @Replayable of " + TestName.of(context).words() + " is " + e.getMessage(),
          e);
    }
  }

  Seed seed() {
    return seed;
  }

  TestName test() {
    return test;
  }

  /** What a failure says: how to run the test again, and what the next run does by itself. */
  synchronized String afterFailure() {
    hasFailed = true;
    return "Run it again: " + test.running().again(Seed.PROPERTY, seed) + "\n" + whatIsKept();
  }

  private String whatIsKept() {
    if (origin == Origin.FAILED_BEFORE) {
      return "It failed with this seed before; it is tried first until it passes.";
    }
    if (origin != Origin.FRESH) {
      return "";
    }
    try {
      keep();
      return "The next run of this test tries this seed first, until it passes.";
    } catch (IOException e) {
      return "The seed could not be kept for the next run in " + memory.file() + ": " + e
          + ". Let -D" + FailingSeed.PROPERTY + " name a folder that can be written.";
    }
  }

  private void keep() throws IOException {
    if (!kept) {
      memory.keep(seed);
      kept = true;
    }
  }

  /** Whether a failure has been told of already. */
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  /** Called when the test has passed; the dynamic tests of a factory may have failed nevertheless. */
  synchronized void passed() {
    if (hasFailed) {
      return;
    }
    if (origin == Origin.FAILED_BEFORE
        || (origin == Origin.PROPERTY && memory.read().filter(seed::equals).isPresent())) {
      memory.forget();
    }
  }
}
