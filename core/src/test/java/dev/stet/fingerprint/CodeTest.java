package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
  private static final String BODY =
      "package lab.loop; public interface Body extends java.io.Serializable { void run(); }";
  private static final String MODEL = "package lab.loop.model; public class Model { "
      + "public double train(int n) { double s = 0; for (int i = 0; i < n; i++) { s += Math.exp(i); } return s; } "
      + "int unused() { return 1; } }";
  private static final String HOST = """
      package lab.loop;
      import lab.loop.model.Model;
      import java.util.*;
      public class Host {
        enum Kind { A, B }
        record Pair(int left, String right) {}
        static final Map<String, Integer> TABLE = new HashMap<>();
        static { TABLE.put("a", 1); }
        static double scale = Math.sqrt(2);
        //FIELDS
        static Body body() {
          return () -> {
            Model model = new Model();
            List<Integer> list = new ArrayList<>(List.of(3, 1, 2));
            list.sort((a, b) -> Integer.compare(b, a));
            Runnable inner = () -> { Runnable deeper = () -> System.out.print(""); deeper.run(); };
            inner.run();
            Kind kind = Kind.valueOf("A");
            switch (kind) { case A: helper(model.train(list.get(0))); break; default: break; }
            Object quiet = new Object() { @Override public String toString() { return "quiet" + TABLE.size(); } };
            String text = "x" + new Pair(1, "b") + quiet + scale;
            if (text.isEmpty()) { throw new IllegalStateException(); }
          };
        }
        static void helper(double value) { if (value < 0) { System.out.println(value); } }
        //MEMBERS
      }
      """;

  @TempDir
  Path folder;

  private static Map<String, Object> original = Map.of();

  private Map<String, Object> original() {
    if (original.isEmpty()) {
      original = code(program(HOST, MODEL));
    }
    return original;
  }

  private Map<String, Object> code(Map<String, String> sources, String... options) {
    return Compiled.of(folder, sources, options).code("lab.loop.Host");
  }

  private static Map<String, String> program(String host, String model) {
    return new HashMap<>(
        Map.of("lab.loop.Body", BODY, "lab.loop.Host", host, "lab.loop.model.Model", model));
  }

  private static Set<String> changed(Map<String, Object> before, Map<String, Object> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> before.containsKey(name) && before.get(name).equals(after.get(name)));
    return names;
  }

  @Test
  void namesTheReachedClassesOfTheProgram() {
    Map<String, Object> code = original();

    assertThat(code.keySet())
        // javac before 21 adds a class with the table of the switch.
        .contains(
            "lab.loop.Host",
            "lab.loop.Host$1",
            "lab.loop.Host$Kind",
            "lab.loop.Host$Pair",
            "lab.loop.model.Model");
    assertThat(code.values())
        .allSatisfy(digest -> assertThat((String) digest).matches("[0-9a-f]{64}"));
  }

  @Nested
  class ChangesNothing {
    private void same(String host, String model, String... options) {
      assertThat(code(program(host, model), options)).isEqualTo(original());
    }

    @Test
    void whenACommentOrABlankLineIsWritten() {
      same(
          HOST.replace("static void helper", "/* new */\n\n  static void helper"),
          "// new\n\n" + MODEL);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "void newTest() { System.out.println(1); }",
          "static Body another() { return () -> System.out.println(7); }",
          "static Runnable plain() { return () -> { Runnable r = () -> {}; r.run(); }; }",
          "enum Other { X, Y } static int of(Other o) { switch (o) { case X: return 1; default: return 2; } }",
          "static Object anonymous() { return new Object() { int x = 1; }; }",
          "static class NestedTest { void works() { Runnable r = () -> {}; } }",
          "@Deprecated int unusedField;",
        })
    void whenSomethingIsWrittenBesideTheBody(String member) {
      same(HOST.replace("//MEMBERS", member), MODEL);
      same(HOST.replace("//FIELDS", member), MODEL);
    }

    @Test
    void whenAnotherExperimentIsDeclaredInAStaticField() {
      String fields = "static final Body OTHER = () -> System.out.println(\"other\");"
          + " static int count = 3; static int[] numbers = {1, 2}; static final Random R = new Random(3);";
      same(HOST.replace("//FIELDS", fields), MODEL);
    }

    @Test
    void whenMembersAreReordered() {
      String helper =
          "static void helper(double value) { if (value < 0) { System.out.println(value); } }";
      same(HOST.replace(helper, "").replace("//FIELDS", helper), MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none", "-parameters", "-g:source"})
    void whenDebugOptionsAreOthers(String option) {
      same(HOST, MODEL, option);
    }

    @Test
    void whenEqualLambdasAreSharedByTheCompiler() {
      String twice = MODEL.replace(
          "int unused",
          "Runnable a() { return () -> System.gc(); } "
              + "Runnable b() { return () -> System.gc(); } int unused");

      assertThat(code(program(HOST, twice), "-g:none")).isEqualTo(code(program(HOST, twice), "-g"));
    }

    @Test
    void whenAnnotationsAreReordered() {
      String note =
          "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface ";
      String both = MODEL + note + "A {} " + note + "B {}";

      assertThat(code(program(HOST, both.replace("public class", "@A @B public class"))))
          .isEqualTo(code(program(HOST, both.replace("public class", "@B @A public class"))))
          .isNotEqualTo(code(program(HOST, both.replace("public class", "@B public class"))));
    }
  }

  @Nested
  class NamesTheClassThatChanged {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Integer.compare(b, a)               | Integer.compare(a, b)
            System.out.print("")                | System.out.print("new")
            static void helper(double value) { if (value < 0) | static void helper(double value) { if (value < 1)
            TABLE.put("a", 1)                   | TABLE.put("a", 2)
            Math.sqrt(2)                        | Math.sqrt(3)
            "x" + new Pair                      | "y" + new Pair
            //MEMBERS                           | static { System.setProperty("lab", "x"); }
            """)
    void inTheHost(String before, String after) {
      String text = after.strip();
      assertThat(HOST).contains(before.strip());
      assertThat(changed(original(), code(program(HOST.replace(before.strip(), text), MODEL))))
          .containsExactly("lab.loop.Host");
    }

    @Test
    void inAnAnonymousClassInsideTheBody() {
      assertThat(changed(original(), code(program(HOST.replace("\"quiet\"", "\"loud\""), MODEL))))
          .hasSize(1)
          .allMatch(name -> name.matches("lab\\.loop\\.Host\\$[12]"));
    }

    @Test
    void inARecordAndAnEnum() {
      String changed = HOST.replace("enum Kind { A, B }", "enum Kind { A, B, C }")
          .replace("int left", "long left");

      assertThat(changed(original(), code(program(changed, MODEL))))
          .containsExactly("lab.loop.Host", "lab.loop.Host$Kind", "lab.loop.Host$Pair");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {"Math.exp(i)|Math.exp(i + 1)", "return 1|return 2"})
    void inAReachedClassAsAWhole(String before, String after) {
      assertThat(changed(original(), code(program(HOST, MODEL.replace(before, after)))))
          .containsExactly("lab.loop.model.Model");
    }
  }

  @Nested
  class Follows {
    private Map<String, Object> with(String host, Map<String, String> more) {
      Map<String, String> sources =
          new HashMap<>(Map.of("lab.loop.Body", BODY, "lab.loop.Host", host));
      sources.putAll(more);
      return code(sources);
    }

    @Test
    void anInheritedMethodThatTheBodyRefersTo() {
      String host =
          "package lab.loop; public class Host extends Base { static Body body() { return Host::work; } }";
      String base =
          "package lab.loop; class Base { static void work() { step(); } static void step() {} void beside() {} }";
      Map<String, Object> first = with(host, Map.of("lab.loop.Base", base));

      assertThat(changed(
              first,
              with(host, Map.of("lab.loop.Base", base.replace("step() {}", "step() { work(); }")))))
          .containsExactly("lab.loop.Base");
      assertThat(with(
              host, Map.of("lab.loop.Base", base.replace("beside() {}", "beside() { work(); }"))))
          .isEqualTo(first);
    }

    @Test
    void aDefaultMethodOfAnInterface() {
      String host = "package lab.loop; public class Host implements Body, Steps {"
          + " static Body body() { return new Host(); } public void run() { step(); } }";
      String steps = "package lab.loop; interface Steps { default void step() { System.gc(); } }";
      Map<String, Object> first = with(host, Map.of("lab.loop.Steps", steps));

      assertThat(changed(
              first, with(host, Map.of("lab.loop.Steps", steps.replace("System.gc()", "")))))
          .containsExactly("lab.loop.Steps");
    }

    @Test
    void whatAnObjectOverrides() {
      String host = "package lab.loop; public class Host extends Base implements Body {"
          + " static Body body() { return new Host(); } public void run() { template(); }"
          + " @Override int step() { return 1; } int beside() { return 1; } }";
      String base =
          "package lab.loop; abstract class Base { void template() { step(); } abstract int step(); }";
      Map<String, Object> first = with(host, Map.of("lab.loop.Base", base));
      String stepped = host.replace("step() { return 1", "step() { return 2");
      String beside = host.replace("beside() { return 1", "beside() { return 2");

      assertThat(changed(first, with(stepped, Map.of("lab.loop.Base", base))))
          .containsExactly("lab.loop.Host");
      assertThat(with(beside, Map.of("lab.loop.Base", base))).isEqualTo(first);
    }

    @Test
    void aNestedClassBackToTheClassAroundIt() {
      String host =
          "package lab.loop; public class Host { static int used() { return 1; } static int beside() { return 1; }"
              + " static class Inner implements Body { public void run() { used(); } }"
              + " static Body body() { return new Inner(); } }";
      Map<String, Object> first = with(host, Map.of());

      assertThat(changed(
              first, with(host.replace("used() { return 1", "used() { return 2"), Map.of())))
          .containsExactly("lab.loop.Host");
      assertThat(with(host.replace("beside() { return 1", "beside() { return 2"), Map.of()))
          .isEqualTo(first);
    }

    @Test
    void theClassOfACapturedObjectAndACapturedLambda() {
      String host =
          "package lab.loop; public class Host { interface Step extends java.io.Serializable { int go(); }"
              + " static Body body() { Object step = new Model(); Step inner = () -> Host.deep();"
              + " return () -> { step.toString(); inner.go(); }; } static int deep() { return 1; } }";
      String model = "package lab.loop; public class Model implements java.io.Serializable {"
          + " public String toString() { return \"1\"; } }";
      Map<String, Object> first = with(host, Map.of("lab.loop.Model", model));

      assertThat(changed(
              first, with(host, Map.of("lab.loop.Model", model.replace("\"1\"", "\"2\"")))))
          .containsExactly("lab.loop.Model");
      assertThat(changed(
              first, with(host.replace("return 1", "return 2"), Map.of("lab.loop.Model", model))))
          .containsExactly("lab.loop.Host");
    }

    @Test
    void anAnonymousBodyWhateverItsNumber() {
      String host = "package lab.loop; public class Host { //MEMBERS\n static Body body() {"
          + " return new Body() { public void run() { System.gc(); } }; } }";
      Map<String, Object> first = with(host, Map.of());

      assertThat(
              with(host.replace("//MEMBERS", "Object o() { return new Object() {}; }"), Map.of()))
          .isEqualTo(first);
      assertThat(changed(first, with(host.replace("System.gc()", ""), Map.of())))
          .containsExactly("lab.loop.Host$1");
    }

    @Test
    void itself() {
      String host =
          "package lab.loop; public class Host { static Body body() { return Host::again; }"
              + " static void again() { Runnable r = () -> again(); Runnable s = Host::again; } }";

      assertThat(with(host, Map.of())).containsKey("lab.loop.Host");
    }
  }

  @Nested
  class TellsCapturedLambdasApart {
    interface Step extends Serializable {
      double of(double x);
    }

    record Layer(Step step) implements Serializable {}

    static final class Net implements Serializable {
      private static final long serialVersionUID = 1L;

      @Nullable
      Step step;
    }

    private static Serializable holding(Object value) {
      return (Serializable & Supplier<Object>) () -> value;
    }

    private static Map<String, Object> code(Object captured) {
      return Code.of(CapturedBody.of(holding(captured))).tree();
    }

    private static Net net(Step step) {
      Net net = new Net();
      net.step = step;
      return net;
    }

    private static Step twice(Step step) {
      return x -> step.of(step.of(x));
    }

    private static SortedSet<Integer> sorted(Comparator<Integer> order) {
      return new TreeSet<>(order);
    }

    static Map<String, Function<Step, Object>> containers() {
      return new TreeMap<>(Map.ofEntries(
          Map.entry("itself", step -> step),
          Map.entry("a list", List::of),
          Map.entry("an array", step -> new Step[] {step}),
          Map.entry("an array of arrays", step -> new Object[][] {{1, step}}),
          Map.entry("a record", Layer::new),
          Map.entry("an object", TellsCapturedLambdasApart::net),
          Map.entry("a map", step -> Map.of("a", step)),
          Map.entry("an ordered map", step -> new TreeMap<>(Map.of("a", step))),
          Map.entry("a map's key", step -> Map.of(step, 1)),
          Map.entry("a set", Set::of),
          Map.entry("an optional", Optional::of),
          Map.entry("a lambda", TellsCapturedLambdasApart::twice),
          Map.entry("a record in a list in a lambda", step -> {
            List<Layer> layers = List.of(new Layer(step));
            return (Step) x -> layers.size();
          })));
    }

    static Set<String> names() {
      return containers().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void in(String container) {
      Function<Step, Object> with =
          java.util.Objects.requireNonNull(containers().get(container));
      Step twofold = x -> x * 2;
      Step threefold = x -> x * 3;

      assertThat(code(with.apply(twofold)))
          .isNotEqualTo(code(with.apply(threefold)))
          .isEqualTo(code(with.apply(twofold)));
    }

    @Test
    void asComparators() {
      assertThat(code(sorted((Comparator<Integer> & Serializable) (x, y) -> x - y)))
          .isNotEqualTo(code(sorted((Comparator<Integer> & Serializable) (x, y) -> y - x)));
    }

    @Test
    void byTheirPlaces() {
      Step twofold = x -> x * 2;
      Step threefold = x -> x * 3;

      assertThat(code(List.of(twofold, threefold)))
          .isNotEqualTo(code(List.of(threefold, twofold)))
          .isEqualTo(code(List.of(twofold, threefold)));
      assertThat(code(List.of(twofold, twofold, threefold)))
          .isNotEqualTo(code(List.of(twofold, threefold, threefold)));
      assertThat((List<?>) code(List.of(twofold, (Step) Math::abs)).get("lambdas"))
          .hasSize(2)
          .last()
          .isEqualTo("java.lang.Math.abs(D)D");
    }

    @Test
    void butNotByTheirNumbers() {
      String host = "package lab.loop; public class Host { //MEMBERS\n"
          + " static Body body() { Body inner = () -> System.gc(); return () -> java.util.List.of(inner); } }";
      Map<String, String> sources = Map.of("lab.loop.Body", BODY, "lab.loop.Host", host);
      Map<String, String> more = Map.of(
          "lab.loop.Body",
          BODY,
          "lab.loop.Host",
          host.replace("//MEMBERS", "static Runnable other() { return () -> {}; }\n"));

      assertThat(treeOf(more)).containsKey("lambdas").isEqualTo(treeOf(sources));
    }

    private Map<String, Object> treeOf(Map<String, String> sources) {
      return Code.of(CapturedBody.of(Compiled.of(folder, sources).body("lab.loop.Host")))
          .tree();
    }
  }

  @Nested
  class ReadsFrom {
    @Test
    void aFolderAJarAndAShadedJarAlike() {
      Compiled program = Compiled.of(folder, program(HOST, MODEL));
      Compiled other =
          Compiled.of(folder, Map.of("org.lib.Tool", "package org.lib; public class Tool {}"));
      Path jar = program.jar(folder.resolve("program.jar"), new TreeMap<>());
      Path shaded = program.jar(
          folder.resolve("all.jar"), Map.of("META-INF/LICENSE", "free"), other.classes());

      Object inFolder = Code.of(CapturedBody.of(program.body("lab.loop.Host"))).tree();
      assertThat(Code.of(CapturedBody.of(Compiled.body("lab.loop.Host", jar))).tree())
          .isEqualTo(inFolder);
      assertThat(
              Code.of(CapturedBody.of(Compiled.body("lab.loop.Host", shaded))).tree())
          .isEqualTo(inFolder);
    }

    @Test
    void aClassFileThatIsDamagedByNamingIt() throws Exception {
      Compiled program = Compiled.of(folder, program(HOST, MODEL));
      var body = program.body("lab.loop.Host");
      java.nio.file.Files.write(
          program.classes().resolve("lab/loop/model/Model.class"), new byte[] {1, 2, 3});
      java.nio.file.Files.delete(program.classes().resolve("lab/loop/Host$Pair.class"));

      Map<String, Object> classes = Compiled.part(Code.of(CapturedBody.of(body)).tree(), "classes");

      assertThat(classes)
          .extractingByKey("lab.loop.model.Model")
          .asString()
          .startsWith("not captured: its class file cannot be read: java.lang.");
      assertThat(classes)
          .extractingByKey("lab.loop.Host$Pair")
          .isEqualTo(new NotCaptured("its class loader has no class file of that name"));
    }

    @Test
    void itsMemoryTheSecondTime() {
      CapturedBody body =
          CapturedBody.of(Compiled.of(folder, program(HOST, MODEL)).body("lab.loop.Host"));

      assertThat(Code.of(body)).isSameAs(Code.of(body)).isNotSameAs(Code.of(body, List.of("lab")));
    }
  }

  @Nested
  class Roots {
    private final String host =
        "package a.b.c; public class Host { static java.io.Serializable body() {"
            + " return (Runnable & java.io.Serializable) () -> { new a.b.d.Near(); new a.x.Far(); new a.bc.Like(); }; } }";
    private final Map<String, String> sources = Map.of(
        "a.b.c.Host", host,
        "a.b.d.Near", "package a.b.d; public class Near {}",
        "a.bc.Like", "package a.bc; public class Like {}",
        "a.x.Far", "package a.x; public class Far {}");

    @Test
    void areTheFirstTwoSegmentsOfTheBodysPackage() {
      Code code = Code.of(CapturedBody.of(Compiled.of(folder, sources).body("a.b.c.Host")));

      assertThat(code.tree()).containsEntry("roots", List.of("a.b"));
      assertThat(Compiled.part(code.tree(), "classes"))
          .containsOnlyKeys("a.b.c.Host", "a.b.d.Near");
    }

    @ParameterizedTest
    @CsvSource({
      "a.b.c, a.b",
      "a.b, a.b",
      "a, a",
      "io.github.ada.net, io.github.ada",
      "io.github.ada, io.github.ada",
      "io.github, io.github",
      "com.google.ads.model, com.google.ads",
      "org.apache.commons.math, org.apache.commons",
      "com.acme.model, com.acme",
      "uk.ac.cam.lab, uk.ac.cam",
      "de.tum.lab, de.tum",
      "org.apacheans.lab.x, org.apacheans",
    })
    void haveThreeSegmentsWhereManyShareTheFirstTwo(String home, String root) {
      String inHome =
          "package " + home + "; public class Host { static java.io.Serializable body() {"
              + " return (Runnable & java.io.Serializable) () -> {}; } }";
      String name = home + ".Host";
      Code code =
          Code.of(CapturedBody.of(Compiled.of(folder, Map.of(name, inHome)).body(name)));

      assertThat(code.tree()).containsEntry("roots", List.of(root));
    }

    @Test
    void canBeGiven() {
      Code code =
          Code.of(CapturedBody.of(Compiled.of(folder, sources).body("a.b.c.Host")), List.of("a.x"));

      assertThat(Compiled.part(code.tree(), "classes")).containsOnlyKeys("a.b.c.Host", "a.x.Far");
    }

    @Test
    void canBeTheUnnamedPackage() {
      Map<String, String> unnamed = Map.of(
          "Host",
          host.replace("package a.b.c;", ""),
          "Beside",
          "class Beside {}",
          "a.x.Far",
          sources.get("a.x.Far"),
          "a.b.d.Near",
          sources.get("a.b.d.Near"),
          "a.bc.Like",
          sources.get("a.bc.Like"));
      Code code = Code.of(CapturedBody.of(Compiled.of(folder, unnamed).body("Host")));

      assertThat(code.tree()).containsEntry("roots", List.of(""));
      Code given =
          Code.of(CapturedBody.of(Compiled.of(folder, unnamed).body("Host")), List.of("", "a.x"));
      assertThat(given.tree()).containsEntry("roots", List.of("", "a.x"));
      assertThat(Words.of(given.tree().get("roots"))).isEqualTo("[\"\", a.x]");
      assertThat(Compiled.part(given.dependencies(), "artifacts"))
          .containsKey("packed with \"\", a.x");
      assertThat(Compiled.part(code.tree(), "classes")).containsOnlyKeys("Host");
    }

    @Test
    void areRefusedWhenTheyAreNoPackages() {
      CapturedBody body = CapturedBody.of(Compiled.of(folder, sources).body("a.b.c.Host"));

      assertThatThrownBy(() -> Code.of(body, List.of("a.b.*")))
          .hasMessage(
              "roots must be names of packages; got \"a.b.*\". Write them like \"com.acme.model\".");
      assertThatThrownBy(() -> Code.of(body, List.of()))
          .hasMessage(
              "roots must name at least one package; got none. Give the packages of your code, such as"
                  + " \"com.acme\".");
    }
  }
}
