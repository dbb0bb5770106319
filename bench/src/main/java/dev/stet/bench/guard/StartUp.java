package dev.stet.bench.guard;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the guard adds to the start of a program that prints one line: as it is, in the class loader, and with the
 * agent, in turns.
 *
 * <pre>{@code
 * mvn -q -pl bench -am package -DskipTests
 * java -cp bench/target/benchmarks.jar dev.stet.bench.guard.StartUp [rounds]
 * }</pre>
 */
public final class StartUp {
  private StartUp() {}

  /** The program. */
  static final class Hello {
    private Hello() {}

    public static void main(String... arguments) {
      System.out.println("hello");
    }
  }

  /**
   * Runs the measurement and prints medians and the least, in milliseconds.
   *
   * @param arguments the number of rounds (15)
   * @throws IOException when a JVM cannot be started
   * @throws InterruptedException when interrupted
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    String agent = ChildJvm.agent();
    String hello = Hello.class.getName();
    double[] plain = new double[rounds];
    double[] byLoader = new double[rounds];
    double[] byAgent = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      plain[round] = ChildJvm.run(List.of(), hello).millis();
      byLoader[round] =
          ChildJvm.run(List.of(), "dev.stet.guard.GuardLauncher", hello).millis();
      byAgent[round] = ChildJvm.run(List.of(agent), hello).millis();
    }
    print("plain", plain, plain);
    print("class loader", byLoader, plain);
    print("agent", byAgent, plain);
  }

  private static void print(String name, double[] millis, double[] plain) {
    Median of = Median.of(millis);
    Median than = Median.of(plain);
    System.out.printf(
        Locale.ROOT,
        "start-up, %s: median %.0f ms (%.0f more), least %.0f ms (%.0f more)%n",
        name,
        of.median(),
        of.median() - than.median(),
        of.least(),
        of.least() - than.least());
  }
}
