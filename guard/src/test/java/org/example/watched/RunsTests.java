package org.example.watched;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a user's tests as a tool would, and prints what became of each. */
public final class RunsTests implements TestExecutionListener {
  private RunsTests() {}

  public static void main(String... arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Watched.class))
                .build(),
            new RunsTests());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = test.getDisplayName().replaceAll("\\(.*", "");
    System.out.println(name + "=" + result.getStatus());
    result
        .getThrowable()
        .ifPresent(failure -> String.valueOf(failure.getMessage())
            .lines()
            .forEach(line -> System.out.println(name + ".message=" + line.strip())));
  }
}
