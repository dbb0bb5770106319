package dev.stet.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a real launcher saw of the tests of some classes. */
final class Launched implements TestExecutionListener {
  private final Map<String, TestExecutionResult> results =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Map<String, String>> entries =
      Collections.synchronizedMap(new TreeMap<>());
  private final List<Throwable> containerFailures = Collections.synchronizedList(new ArrayList<>());

  private Launched() {}

  static Launched of(Class<?>... classes) {
    return of(Map.of(), classes);
  }

  static Launched of(Map<String, String> parameters, Class<?>... classes) {
    LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
        .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
        .configurationParameters(parameters);
    for (Class<?> type : classes) {
      request.selectors(selectClass(type));
    }
    return of(request.build());
  }

  private static Launched of(LauncherDiscoveryRequest request) {
    Launched launched = new Launched();
    LauncherFactory.create().execute(request, launched);
    return launched;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      results.put(name(test), result);
    } else {
      result.getThrowable().ifPresent(containerFailures::add);
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entries.computeIfAbsent(name(test), any -> new TreeMap<>()).putAll(entry.getKeyValuePairs());
  }

  /** The name of the method, and the number of the invocation if there are several. */
  private static String name(TestIdentifier test) {
    String id = test.getUniqueId();
    String method = id.replaceAll(".*\\[(?:method|test-template|test-factory):([^(]*)\\(.*", "$1");
    int invocation =
        Math.max(id.indexOf("[test-template-invocation:#"), id.indexOf("[dynamic-test:#"));
    return invocation < 0 ? method : method + id.substring(invocation).replaceAll("[^0-9]", "");
  }

  List<String> containerFailures() {
    return containerFailures.stream().map(Throwable::toString).toList();
  }

  Stream<Throwable> containerThrowables() {
    return containerFailures.stream();
  }

  int count() {
    return results.size();
  }

  TestExecutionResult.Status status(String test) {
    return result(test).getStatus();
  }

  private TestExecutionResult result(String test) {
    TestExecutionResult result = results.get(test);
    if (result == null) {
      throw new AssertionError("no test " + test + " ran; these did: " + results.keySet()
          + ", and these containers failed: " + containerFailures);
    }
    return result;
  }

  Throwable failure(String test) {
    return result(test)
        .getThrowable()
        .orElseThrow(() -> new AssertionError(test + " did not fail"));
  }

  String message(String test) {
    return String.valueOf(failure(test).getMessage());
  }

  Map<String, String> entries(String test) {
    return entries.getOrDefault(test, Map.of());
  }
}
