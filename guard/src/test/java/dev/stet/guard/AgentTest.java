package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in JVMs of its own; what each printed is looked at by several tests. */
class AgentTest {
  private static final List<String> VALUES = List.of("math", "static", "held", "local");

  @TempDir
  static Path directory;

  private static ChildJvm observed;
  private static ChildJvm replaced;
  private static ChildJvm again;

  @BeforeAll
  static void start() {
    observed = agent(ChildJvm.java(), "");
    replaced = agent(ChildJvm.java(), "mode=replace");
    again = agent(ChildJvm.otherJava().orElse(ChildJvm.java()), "mode=replace");
  }

  private static ChildJvm agent(String java, String options) {
    ChildJvm child = ChildJvm.run(
        java, List.of(ChildJvm.agent(directory, options)), AgentProgram.class.getName());
    assertThat(child.exit()).as("%s", child.lines()).isZero();
    return child;
  }

  @Test
  void saysThatItIsThere() {
    assertThat(observed.value("status"))
        .isEqualTo("guarded: agent, mode=observe, 2 classes rewritten");
    assertThat(replaced.value("settings"))
        .isEqualTo("{carrier=agent, linked=false, mode=replace, saltPinned=true, sequential=false,"
            + " strict=false, threadSeeds=true, uuids=false}");
  }

  @Test
  void givesEachTrialOfASeedTheSameNumbersInThisJvmAndInAnother() {
    for (String name : VALUES) {
      assertThat(replaced.value(name + "2")).as(name).isEqualTo(replaced.value(name + "1"));
      assertThat(again.value(name + "1")).as(name).isEqualTo(replaced.value(name + "1"));
      assertThat(observed.value(name + "2")).as(name).isNotEqualTo(observed.value(name + "1"));
    }
  }

  @Test
  void goesAlongToFreshJvms() {
    ChildJvm child = ChildJvm.run(
        ChildJvm.java(),
        List.of(ChildJvm.agent(directory, "mode=replace")),
        FreshProgram.class.getName());
    assertThat(child.value("rerun"))
        .isEqualTo("ambient reran identical in 1 of 1 fresh JVM: 1 record, bit for bit, seed 42.");
  }

  @Test
  void goesAlongWhereItWasAttached() {
    ChildJvm child = ChildJvm.run(
        ChildJvm.java(),
        List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading"),
        FreshProgram.class.getName(),
        "mode=replace");

    assertThat(child.value("rerun"))
        .startsWith("ambient reran identical in 1 of 1 fresh JVM: 1 record, bit for bit, seed 42.");
  }

  @Test
  void isToldFromOtherAgents() {
    String guard = ChildJvm.agent(directory, "mode=fail");
    assertThat(AgentArgument.among(
            List.of("-Xmx1g", "-javaagent:missing.jar", "-javaagent:" + directory, guard, guard)))
        .containsExactly(guard);
    assertThat(AgentArgument.among(List.of("-javaagent:missing.jar=mode=replace")))
        .isEmpty();
  }

  @Test
  void pinsTheOrderOfImmutableCollections() {
    assertThat(again.value("set")).isEqualTo(replaced.value("set"));
    assertThat(again.value("map")).isEqualTo(replaced.value("map"));
  }

  @Test
  void namesAGeneratorInAStaticFieldAndCountsItsNumbers() {
    assertThat(observed.value("static1.found"))
        .isEqualTo("STATIC_GENERATOR OBSERVED new Random() 1"
            + " dev.stet.guard.AgentProgram.<clinit>(AgentProgram.java:16)");
    assertThat(observed.value("held1.found"))
        .isEqualTo("STATIC_GENERATOR OBSERVED generator in static field HOLDER.held 2"
            + " dev.stet.guard.AgentProgram(AgentProgram.java)");
    assertThat(replaced.value("static1.found")).startsWith("STATIC_GENERATOR REPLACED");
  }

  @Test
  void namesASeededGeneratorThatAnEarlierTrialDrewFrom() {
    assertThat(observed.values("seeded1.found")).isEmpty();
    assertThat(observed.value("seeded2.found"))
        .startsWith("CARRIED_OVER OBSERVED new Random(seed) 1");
    assertThat(observed.value("seeded2")).isNotEqualTo(observed.value("seeded1"));
    assertThat(replaced.value("seeded2"))
        .isEqualTo(replaced.value("seeded1"))
        .isEqualTo(observed.value("seeded1"));
  }

  @Test
  void countsWhatWentPastIt() {
    for (ChildJvm child : List.of(observed, replaced, again)) {
      assertThat(child.values("reflection1.found"))
          .containsExactly(
              "BLIND_SPOT NOT_FIXABLE new Random() by reflection or inside the JDK 1 ");
      assertThat(child.lines()).filteredOn(line -> line.contains("BLIND_SPOT")).hasSize(2);
    }
  }

  @Test
  void refusesOptionsThatItDoesNotKnow() {
    ChildJvm child = ChildJvm.run(
        ChildJvm.java(),
        List.of(ChildJvm.agent(directory, "mode=replace,sequence")),
        AgentProgram.class.getName());

    assertThat(child.exit()).isNotZero();
    assertThat(String.join("\n", child.lines()))
        .contains("the guard has no option \"sequence\", in \"mode=replace,sequence\"");
  }

  @Test
  void takesTheSameOptionsTwiceAndRefusesOthers() {
    String one = ChildJvm.agent(directory, "mode=replace");
    ChildJvm same = ChildJvm.run(ChildJvm.java(), List.of(one, one), AgentProgram.class.getName());
    ChildJvm other = ChildJvm.run(
        ChildJvm.java(), List.of(one, ChildJvm.agent(directory, "")), AgentProgram.class.getName());

    assertThat(same.value("math1")).isEqualTo(replaced.value("math1"));
    assertThat(other.exit()).isNotZero();
    assertThat(String.join("\n", other.lines()))
        .contains(
            "the guard is installed already, with mode=replace; it cannot be installed again with"
                + " mode=observe. Give one -javaagent with one set of options.");
  }

  @Test
  void attachesToARunningJvmWhereThatIsAllowed() {
    ChildJvm child = ChildJvm.run(
        ChildJvm.java(),
        List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+EnableDynamicAgentLoading"),
        AgentProgram.class.getName(),
        "mode=replace");

    assertThat(child.value("attached")).isEqualTo("true");
    for (String name : VALUES) {
      assertThat(child.value(name + "2")).as(name).isEqualTo(child.value(name + "1"));
    }
    assertThat(child.value("static1.found"))
        .startsWith("STATIC_GENERATOR REPLACED generator in static field UNSEEDED 1");
  }

  @Test
  void saysWhyItCouldNotAttach() {
    ChildJvm child = ChildJvm.run(
        ChildJvm.java(),
        List.of("-XX:+DisableAttachMechanism"),
        AgentProgram.class.getName(),
        "mode=replace");

    assertThat(child.exit()).isZero();
    assertThat(child.value("attached")).isEqualTo("false");
    assertThat(child.value("status"))
        .startsWith("not guarded, because the JVM did not take the agent: ");
    assertThat(child.value("settings")).isEqualTo("{}");
  }
}
