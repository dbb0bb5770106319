package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stet.Run;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.example.digits.Digits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** A whole program, and an experiment, in the class loader that needs no agent. */
class LauncherTest {
  private static ChildJvm launch(String java, String... arguments) {
    return ChildJvm.run(java, List.of(), GuardLauncher.class.getName(), arguments);
  }

  @Test
  void startsAProgramWhoseTrialsAreGuarded() {
    ChildJvm one = launch(ChildJvm.java(), "--mode=replace", Digits.class.getName(), "a", "b");
    ChildJvm other = launch(
        ChildJvm.otherJava().orElse(ChildJvm.java()), "--mode=replace", Digits.class.getName());
    ChildJvm observed = launch(ChildJvm.java(), Digits.class.getName());

    assertThat(one.exit()).as("%s", one.lines()).isZero();
    assertThat(one.value("arguments")).isEqualTo("[a, b]");
    assertThat(one.value("status")).startsWith("guarded: class loader, mode=replace, ");
    assertThat(one.value("accuracy")).isEqualTo(other.value("accuracy"));
    assertThat(observed.value("accuracy")).isNotEqualTo(one.value("accuracy"));
    assertThat(observed.lines())
        .anyMatch(line -> line.contains("org.example.digits.Digits.train(Digits.java:"));
  }

  @Test
  void freshJvmsAreGuardedAsWell() {
    ChildJvm replaced = launch(ChildJvm.java(), "--mode=replace", FreshProgram.class.getName());
    ChildJvm observed = launch(ChildJvm.java(), FreshProgram.class.getName());

    assertThat(replaced.value("rerun"))
        .as("%s", replaced.lines())
        .startsWith("ambient reran identical in 1 of 1 fresh JVM: 1 record, bit for bit, seed 42.")
        .contains("guard.carrier class loader -> agent");
    assertThat(observed.value("rerun")).doesNotContain("identical");
  }

  @Test
  void passesOnWhatTheProgramThrew() {
    ChildJvm child = launch(ChildJvm.java(), Throwing.class.getName());

    assertThat(child.exit()).isEqualTo(1);
    assertThat(child.lines().get(0))
        .isEqualTo("Exception in thread \"main\" java.io.IOException: of the program");
  }

  @Test
  void startsAMainThatIsInherited() {
    ChildJvm child = launch(ChildJvm.java(), Mains.Heir.class.getName(), "a");

    assertThat(child.lines()).containsExactly("heir is there", "parent's main, [a]");
  }

  /** As {@code java} itself does, which is asked as well. */
  @ParameterizedTest
  @CsvSource({
    "OfAnObject, 'object main, [a]'",
    "WithoutParameters, main without parameters",
    "OfAnObjectWithoutParameters, object main without parameters",
    "OfAnObjectInherited, 'object main, [a]'",
    "OfAnInterface, 'default main, [a]'",
    "NotPublic, 'package main, [a]'",
    "PrivateIsNone, main without parameters",
  })
  void startsTheMainsOfJdk25(String name, String said) {
    String program = Mains.class.getName() + '$' + name;
    String java = java25();

    assertThat(ChildJvm.run(java, List.of(), program, "a").lines()).containsExactly(said);
    assertThat(launch(java, program, "a").lines()).containsExactly(said);
  }

  @Test
  void startsNoMainThatTheJvmWouldNotStart() {
    String java = java25();

    for (Class<?> type :
        List.of(Mains.WithoutConstructor.class, Mains.OfAnAbstract.class, Mains.OfAnInner.class)) {
      assertThat(ChildJvm.run(java, List.of(), type.getName()).exit()).isEqualTo(1);
      assertThat(launch(java, type.getName()).lines().get(0))
          .endsWith(type.getName()
              + " has a main that is not static, and cannot be made to call it. Give a class, not abstract and not"
              + " an inner one, with a constructor without parameters that is not private.");
    }
    for (Class<?> type : List.of(Mains.OnlyPrivate.class, Mains.WithResult.class)) {
      assertThat(ChildJvm.run(java, List.of(), type.getName()).exit()).isEqualTo(1);
      assertThat(launch(java, type.getName()).lines().get(0))
          .endsWith(type.getName()
              + " has no static method main(String[]). Give the name of a main class.");
    }
  }

  @Test
  void startsOnlyPublicStaticMainsBeforeJdk25() {
    assumeTrue(Runtime.version().feature() < 25, "this JDK is older");

    for (Class<?> type :
        List.of(Mains.OfAnObject.class, Mains.WithoutParameters.class, Mains.NotPublic.class)) {
      assertThat(launch(ChildJvm.java(), type.getName()).lines().get(0))
          .endsWith(type.getName()
              + " has no static method main(String[]). Give the name of a main class.");
    }
  }

  private static String java25() {
    return Stream.concat(Stream.of(ChildJvm.java()), ChildJvm.otherJava().stream())
        .filter(java -> ChildJvm.run(java, List.of(), Version.class.getName()).lines().stream()
            .anyMatch(line -> Integer.parseInt(line) >= 25))
        .findFirst()
        .orElseThrow(() -> new TestAbortedException("there is no JDK 25 here"));
  }

  static final class Version {
    private Version() {}

    public static void main(String... arguments) {
      System.out.println(Runtime.version().feature());
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardLauncher.main("--mode=replace"))
        .withMessage(
            "GuardLauncher was given no program. Give the name of a main class: GuardLauncher"
                + " [--mode=replace] com.acme.Main [arguments].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardOptions.parse("mode=report"))
        .withMessage("mode must be observe, fail or replace; got \"report\".");
    assertThat(launch(ChildJvm.java(), "com.acme.Absent").lines().get(0))
        .contains(
            "there is no class com.acme.Absent on the class path. Give the name of a main class.");
    assertThat(launch(ChildJvm.java(), LauncherTest.class.getName()).lines().get(0))
        .contains(
            "LauncherTest has no static method main(String[]). Give the name of a main class.");
  }

  @Test
  void runsAnExperimentInside() throws Exception {
    Run first = Guard.inside(GuardOptions.replace(), Digits.class);
    Run again = Guard.inside(GuardOptions.replace(), Digits.class);

    assertThat(again.trace().digest()).isEqualTo(first.trace().digest());
    assertThat(Guard.mode()).isEmpty();
    assertThat(Guard.status())
        .isEqualTo(
            "not guarded, because nothing started it; run with -javaagent:stet-guard.jar, start your program"
                + " with dev.stet.guard.GuardLauncher, or call Guard.inside");
  }

  @Test
  void refusesAClassThatCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Guard.inside(GuardOptions.observe(), Unmakable.class))
        .withMessage(Unmakable.class.getName()
            + " cannot be made in the guarded loader. Give a class, not abstract and not an inner one, with a"
            + " constructor without parameters.");
  }

  static final class Throwing {
    private Throwing() {}

    @SuppressWarnings("DoNotCallSuggester") // the launcher calls it
    public static void main(String... arguments) throws Exception {
      throw new java.io.IOException("of the program");
    }
  }

  static final class Unmakable implements Callable<String> {
    Unmakable(String needed) {}

    @Override
    public String call() {
      return "";
    }
  }
}
