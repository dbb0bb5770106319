package dev.stet.junit;

import dev.stet.Rerun;
import dev.stet.Reruns;
import dev.stet.Run;
import dev.stet.Trial;
import dev.stet.seeds.AddressableStream;
import dev.stet.seeds.Seed;
import dev.stet.spi.Finding;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialObservations;
import dev.stet.spi.TrialWatch;
import dev.stet.spi.TrialWatcher;
import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * What the annotations bring along: one extension, since of two that call a test method in their own way only one can. It
 * has no state; what belongs to a test is in that test's store, so tests may run in parallel.
 */
final class StetExtension
    implements BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        InvocationInterceptor,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StetExtension.class);

  // What is wrong with the declaration is said before anything runs.
  @Override
  public void beforeEach(ExtensionContext context) {
    Method method = context.getRequiredTestMethod();
    Optional<BitForBit> reruns = bitForBit(context);
    if (reruns.isEmpty()) {
      return;
    }
    String name = TestName.of(context).words();
    if (!isTrial(method)) {
      throw new ExtensionConfigurationException(
          name
              + " is @BitForBit and records nothing that could be compared. Give the method a parameter of type Trial"
              + " and record what must be equal; for an experiment of its own call StetAssertions.assertReruns.");
    }
    int times = reruns.get().value();
    if (times < 1 && times != BitForBit.STANDARD) {
      throw new ExtensionConfigurationException("the number of reruns in @BitForBit of " + name
          + " must be at least 1; got " + times + ". Leave it out for the standard.");
    }
    if (reruns.get().jvm() == BitForBit.Jvm.FRESH) {
      TestName test = TestName.of(context);
      Obstacle.of(test, context.getTestInstance().orElse(null)).ifPresent(obstacle -> {
        throw obstacle.refusal(test);
      });
    }
  }

  private static Optional<BitForBit> bitForBit(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), BitForBit.class);
  }

  private static boolean isTrial(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(Trial.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TestBody.isOurs(parameter.getParameter().getType());
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext context, ExtensionContext extension) {
    Parameter parameter = context.getParameter();
    requireOneTest(context, extension);
    requireOnce(parameter);
    TestSeed seed = seed(extension);
    if (isTrial(extension.getRequiredTestMethod()) && isTestMethod(context, extension)) {
      if (TestBody.isStream(parameter.getType())) {
        StreamNames.of(parameter);
      }
      // Each run has its own; the call of the method puts it in.
      return null;
    }
    return parameter.getType() == Seed.class
        ? seed.seed()
        : stream(seed.seed(), parameter.getType(), StreamNames.of(parameter));
  }

  private static Object stream(Seed seed, Class<?> type, StreamName name) {
    Seed child = seed.child(name.value());
    for (long index : name.index()) {
      child = child.child(index);
    }
    return type == AddressableStream.class ? child.addressable() : child.stream();
  }

  private static boolean isTestMethod(ParameterContext context, ExtensionContext extension) {
    return context.getDeclaringExecutable().equals(extension.getRequiredTestMethod());
  }

  private static void requireOneTest(ParameterContext context, ExtensionContext extension) {
    Executable asking = context.getDeclaringExecutable();
    String type = context.getParameter().getType().getSimpleName();
    if (extension.getTestMethod().isEmpty() || !(asking instanceof Method method)) {
      throw new ParameterResolutionException(
          "a " + type + " belongs to one test, and " + asking.getName()
              + " is called for no test or for several. Ask for it in the test method or in a @BeforeEach method.");
    }
    boolean isCalledAsTrial = isTestMethod(context, extension)
        && (AnnotationSupport.isAnnotated(method, Test.class)
            || AnnotationSupport.isAnnotated(method, TestTemplate.class));
    if (context.getParameter().getType() == Trial.class && !isCalledAsTrial) {
      throw new ParameterResolutionException(
          "a Trial is given to the body of a trial, which a test" + " method is and "
              + asking.getName() + " is not. Ask for it there; a Seed is given here.");
    }
  }

  private static void requireOnce(Parameter parameter) {
    Class<?> type = parameter.getType();
    long same = Arrays.stream(parameter.getDeclaringExecutable().getParameterTypes())
        .filter(type::equals)
        .count();
    if (same > 1 && !TestBody.isStream(type)) {
      throw new ParameterResolutionException("a test has one " + type.getSimpleName() + "; "
          + parameter.getDeclaringExecutable().getName() + " asks for " + same
          + (type == Seed.class
              ? ". Derive others from it, such as seed.child(\"other\")."
              : ". Give it one parameter of that type."));
    }
    if (parameter.isAnnotationPresent(StreamName.class) && !TestBody.isStream(type)) {
      throw new ParameterResolutionException("@StreamName is for a RandomStream or an"
          + " AddressableStream; got a " + type.getSimpleName() + ". Take it away.");
    }
  }

  /** The seed of the test, chosen when it is first asked for. */
  private static TestSeed seed(ExtensionContext context) {
    TestSeed known = chosen(context);
    if (known == null) {
      known = TestSeed.of(context);
      context.getStore(NAMESPACE).put(context.getUniqueId(), known);
      context.publishReportEntry("stet.seed", known.seed().toString());
    }
    return known;
  }

  private static @Nullable TestSeed chosen(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(context.getUniqueId(), TestSeed.class);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, call, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    intercept(invocation, call, context);
  }

  private static void intercept(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> call,
      ExtensionContext context)
      throws Throwable {
    Body body = isTrial(call.getExecutable())
        ? () -> {
          invocation.skip();
          trial(TestName.of(context), call, context);
        }
        : invocation::proceed;
    guarded(body, context);
  }

  /** Failures of a factory pass no handler. */
  @Override
  public <T> T interceptTestFactoryMethod(
      Invocation<T> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    List<T> made = new ArrayList<>(1);
    try {
      guarded(() -> made.add(invocation.proceed()), context);
    } catch (Throwable failure) {
      throw withReplay(context, failure);
    }
    return made.get(0);
  }

  /** Dynamic tests have the seed of the factory that made them, and their failures pass no handler. */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext call, ExtensionContext context)
      throws Throwable {
    try {
      guarded(invocation::proceed, context);
    } catch (Throwable failure) {
      throw withReplay(context, failure);
    }
  }

  /** What a test does, however that is. */
  @FunctionalInterface
  private interface Body {
    void call() throws Throwable;
  }

  private static void guarded(Body body, ExtensionContext context) throws Throwable {
    ExtensionContext declared = TestName.withMethod(context);
    Optional<Guarded> wanted = annotation(declared, Guarded.class);
    if (wanted.isEmpty()) {
      body.call();
      return;
    }
    TestName test = TestName.of(declared);
    Optional<TrialWatcher> guard = GuardWatch.active();
    if (guard.isEmpty()) {
      if (!wanted.get().ifAvailable()) {
        throw new ExtensionConfigurationException(GuardWatch.missing(test));
      }
      context.publishReportEntry("stet.guard", "not guarded");
      body.call();
      return;
    }
    try (TrialObservations all = TrialObservations.collect()) {
      try {
        watched(guard.get(), test, body, chosen(declared));
      } finally {
        // A test that fails by itself may fail because of what was seen.
        publish(all.all(), context);
      }
      judge(test, wanted.get(), all.all());
    }
  }

  /** A test that is no trial is watched as if it were one; the trials that run within it are watched in any case. */
  private static void watched(TrialWatcher guard, TestName test, Body body, @Nullable TestSeed seed)
      throws Throwable {
    if (isTrial(test.method())) {
      body.call();
      return;
    }
    Seed root = seed == null ? Seed.of(0).child(test.words()) : seed.seed();
    TrialWatch watch = guard.begin(test.words(), root);
    try {
      body.call();
    } finally {
      TrialObservations.add(watch.end());
    }
  }

  private static <A extends Annotation> Optional<A> annotation(
      ExtensionContext context, Class<A> type) {
    Optional<A> found = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), type);
    for (Class<?> holder = context.getRequiredTestClass();
        found.isEmpty() && holder != null;
        holder = holder.getEnclosingClass()) {
      found = AnnotationSupport.findAnnotation(holder, type);
    }
    return found;
  }

  private static void trial(
      TestName test, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    List<Object> arguments = call.getArguments();
    Object object = call.getTarget().orElse(null);
    TestTrial trial = TestTrial.of(test, object, arguments);
    Optional<BitForBit> wanted = bitForBit(context);
    Optional<Reruns> reruns = wanted.map(TestTrial::reruns);
    Optional<Obstacle> obstacle =
        reruns.filter(Reruns::fresh).flatMap(fresh -> Obstacle.of(test, object).or(trial::pack));
    if (obstacle.isPresent()) {
      if (wanted.orElseThrow().jvm() == BitForBit.Jvm.FRESH) {
        throw obstacle.get().refusal(test);
      }
      reruns = reruns.map(fresh -> Reruns.inThisJvm(fresh.times()));
      context.publishReportEntry("stet.rerun.place", obstacle.get().here());
    }
    Run run = trial.run(seed(context).seed());
    context.publishReportEntry("stet.fingerprint", run.fingerprint().digest());
    if (run.failure().isPresent()) {
      throw run.failure().get();
    }
    if (reruns.isPresent()) {
      Rerun rerun = trial.rerun(run, reruns.get());
      context.publishReportEntry("stet.rerun", rerun.explain());
    }
  }

  private static void publish(Observation seen, ExtensionContext context) {
    int number = 0;
    for (Finding finding : seen.findings()) {
      String place = finding.place().isEmpty() ? "" : ", at " + finding.place();
      context.publishReportEntry("stet.finding." + ++number, GuardWatch.line(finding) + place);
    }
    for (String limit : seen.limits()) {
      context.publishReportEntry("stet.guard.limit", limit);
    }
  }

  private static void judge(TestName test, Guarded guarded, Observation seen) {
    if (guarded.value() == Guarded.Findings.FAIL && !GuardWatch.forbidden(seen).isEmpty()) {
      throw GuardWatch.failure(test, seen);
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReplay(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReplay(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withReplay(context, failure);
  }

  private static Throwable withReplay(ExtensionContext context, Throwable failure) {
    TestSeed seed = chosen(TestName.withMethod(context));
    if (seed == null || !isOfTheTest(failure)) {
      return failure;
    }
    String lines = seed.afterFailure();
    Optional<Throwable> told = Replay.addedTo(failure, lines);
    if (told.isEmpty()) {
      context.publishReportEntry("stet.replay", lines.strip());
    }
    return told.orElse(failure);
  }

  /** An assumption, or a wrong declaration, is no failure that a seed could give again. */
  private static boolean isOfTheTest(Throwable failure) {
    return !(failure instanceof TestAbortedException)
        && !(failure instanceof ExtensionConfigurationException);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestSeed seed = chosen(context);
    if (seed == null) {
      return;
    }
    Optional<Throwable> failure = context.getExecutionException();
    if (failure.isEmpty()) {
      seed.passed();
    } else if (isOfTheTest(failure.get()) && !seed.hasFailed()) {
      // Some ways to fail are not seen before, and what is thrown cannot be replaced any more.
      String lines = seed.afterFailure();
      if (!Replay.attachedTo(failure.get(), lines)) {
        context.publishReportEntry("stet.replay", lines.strip());
      }
    }
  }
}
