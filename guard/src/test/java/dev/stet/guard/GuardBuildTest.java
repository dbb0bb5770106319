package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.io.IOException;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.example.digits.Digits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Classes that are rewritten before the program runs. */
class GuardBuildTest {
  private static final Rewriter.Switches PLAIN = new Rewriter.Switches(false, false);
  private static final Rewriter.Switches STRICT = new Rewriter.Switches(true, false);

  @TempDir
  Path directory;

  // --- what runs

  @Test
  void programsAreGuardedAndGetTheNumbersThatOtherCarriersGive() throws Exception {
    Path folder = copyOf(Digits.class);
    GuardBuild.main(folder.toString());

    ChildJvm replaced = start(folder, ChildJvm.java(), "mode=replace");
    ChildJvm observed = start(folder, ChildJvm.java(), "");
    ChildJvm other = start(folder, ChildJvm.otherJava().orElse(ChildJvm.java()), "mode=replace");
    ChildJvm loader = ChildJvm.run(
        ChildJvm.java(),
        List.of(),
        GuardLauncher.class.getName(),
        "--mode=replace",
        Digits.class.getName());

    assertThat(replaced.value("status"))
        .isEqualTo("guarded: build time, mode=replace, 1 class rewritten");
    assertThat(replaced.value("accuracy"))
        .isEqualTo(loader.value("accuracy"))
        .isEqualTo(other.value("accuracy"))
        .isNotEqualTo(observed.value("accuracy"));
    assertThat(replaced.value("rewritten")).isEqualTo(loader.value("rewritten")).hasSize(64);
    assertThat(observed.value("status")).startsWith("guarded: build time, mode=observe, ");
    assertThat(observed.lines())
        .anyMatch(line -> line.contains("org.example.digits.Digits.train(Digits.java:"));
  }

  private ChildJvm start(Path folder, String java, String options) {
    return ChildJvm.runIn(
        before(folder),
        java,
        options.isEmpty() ? List.of() : List.of("-Dstet.guard=" + options),
        Digits.class.getName());
  }

  private static String before(Path folder) {
    return folder + File.pathSeparator + System.getProperty("java.class.path");
  }

  @Test
  void anAgentOnTopDecidesTheModeAndRewritesNothingTwice() throws Exception {
    Path folder = copyOf(Digits.class);
    GuardBuild.main(folder.toString());

    ChildJvm child = ChildJvm.runIn(
        before(folder),
        ChildJvm.java(),
        List.of(ChildJvm.agent(directory, "mode=replace"), "-Dstet.guard=mode=fail"),
        Digits.class.getName());

    assertThat(child.value("status")).startsWith("guarded: agent, mode=replace, ");
    assertThat(child.value("accuracy"))
        .isEqualTo(start(folder, ChildJvm.java(), "mode=replace").value("accuracy"));
  }

  @Test
  void optionsThatCannotBeHadStopTheFirstTrial() throws Exception {
    Path folder = copyOf(Digits.class);
    GuardBuild.main(folder.toString());

    assertThat(String.join("\n", start(folder, ChildJvm.java(), "mode=replaced").lines()))
        .contains("mode must be observe, fail or replace; got \"replaced\".");
    assertThat(String.join("\n", start(folder, ChildJvm.java(), "strict").lines()))
        .contains(
            "the guard was given strict in -Dstet.guard, but classes were rewritten without it. Rewrite them"
                + " with dev.stet.guard.GuardBuild --strict, or leave the word out.");
  }

  @Test
  void freshJvmsAreGuardedAsWell() throws Exception {
    Path folder = copyOf(FreshProgram.class, "FreshProgram$Config");
    GuardBuild.main(folder.toString());

    ChildJvm child = ChildJvm.runIn(
        before(folder),
        ChildJvm.java(),
        List.of("-Dstet.guard=mode=replace"),
        FreshProgram.class.getName());

    assertThat(child.value("rerun"))
        .isEqualTo("ambient reran identical in 1 of 1 fresh JVM: 1 record, bit for bit, seed 42.");
  }

  /** Every class of a library is rewritten with all switches, and linked, which verifies it. */
  @Test
  void classesOfAJarLinkAfterwards() throws Exception {
    Path from = jarOfTests("commons-math3-");
    Path to = directory.resolve("new folder/math.jar");
    GuardBuild.main("--strict", "--linked", from.toString(), to.toString());

    int constants = 0;
    try (JarFile jar = new JarFile(to.toFile());
        URLClassLoader loader = new URLClassLoader(
            new URL[] {to.toUri().toURL()}, new OnlyGuard(getClass().getClassLoader()))) {
      for (String name : jar.stream().map(JarEntry::getName).toList()) {
        if (name.endsWith(".class")) {
          constants += name.endsWith(SiteConstants.SUFFIX + ".class") ? 1 : 0;
          String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
          assertThatCode(loader.loadClass(type)::getDeclaredMethods)
              .as(name)
              .doesNotThrowAnyException();
        }
      }
      assertThat(jar.getManifest().getMainAttributes()).isNotEmpty();
    }
    assertThat(constants).isGreaterThan(20);
    assertThat(files(directory.resolve("new folder"))).containsExactly(to);
  }

  /** Sees Stet and the JDK, and neither the tests nor their libraries. */
  private static final class OnlyGuard extends ClassLoader {
    private final ClassLoader tests;

    OnlyGuard(ClassLoader tests) {
      super(ClassLoader.getPlatformClassLoader());
      this.tests = tests;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.stet.") && !name.contains("Test")) {
        return tests.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  @Test
  void whatAClassIsToSerialisationStays() throws Exception {
    Path folder = copyOf(Stored.class);
    GuardBuild.main(folder.toString());

    try (URLClassLoader loader = new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, new OnlyGuard(getClass().getClassLoader()))) {
      Class<?> rewritten = loader.loadClass(Stored.class.getName());

      assertThat(rewritten.getClassLoader()).isSameAs(loader);
      assertThat(ObjectStreamClass.lookup(rewritten).getSerialVersionUID())
          .isEqualTo(ObjectStreamClass.lookup(Stored.class).getSerialVersionUID());
    }
  }

  @SuppressWarnings("serial") // the computed number is what is looked at
  static class Stored implements Serializable {
    final double value = Math.random();
  }

  // --- what is written

  @Test
  void whatIsRewrittenStaysAsItIsAndAsOldAsItWas() throws Exception {
    Path folder = copyOf(Digits.class);
    Path file = folder.resolve("org/example/digits/Digits.class");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));

    assertThat(GuardBuild.rewrite(folder, folder, PLAIN)).isEqualTo("1 of 1 class rewritten");
    Map<String, String> first = contents(folder);
    assertThat(GuardBuild.rewrite(folder, folder, PLAIN))
        .isEqualTo("0 of 1 class rewritten, 1 rewritten before");

    assertThat(contents(folder)).isEqualTo(first);
    assertThat(first.keySet())
        .containsExactly(
            "META-INF/stet-guard.properties",
            "org/example/digits/Digits$$StetSites.class",
            "org/example/digits/Digits.class");
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1_000_000_000_000L);
  }

  @Test
  void aClassThatWasCompiledAgainIsRewrittenAgain() throws Exception {
    Path folder = copyOf(Digits.class);
    GuardBuild.rewrite(folder, folder, PLAIN);
    Map<String, String> first = contents(folder);
    Path file = folder.resolve("org/example/digits/Digits.class");

    Files.write(file, bytes(Digits.class.getName()));
    assertThat(GuardBuild.rewrite(folder, folder, PLAIN)).isEqualTo("1 of 1 class rewritten");
    assertThat(contents(folder)).isEqualTo(first);

    Files.write(file, bytes(GuardMode.class.getName())); // one without sites
    assertThat(GuardBuild.rewrite(folder, folder, PLAIN)).isEqualTo("0 of 1 class rewritten");
    assertThat(folder.resolve("org/example/digits/Digits$$StetSites.class")).doesNotExist();
  }

  @Test
  void anotherFolderIsWrittenAndTheFirstStays() throws Exception {
    Path folder = copyOf(Digits.class);
    Files.writeString(folder.resolve("some.txt"), "kept");
    Map<String, String> before = contents(folder);
    Path to = directory.resolve("guarded");

    GuardBuild.main(folder.toString(), to.toString());

    assertThat(contents(folder)).isEqualTo(before);
    assertThat(to.resolve("some.txt")).hasContent("kept");
    assertThat(to.resolve("org/example/digits/Digits$$StetSites.class")).exists();
  }

  @Test
  void aJarInPlaceIsAlwaysWhole() throws Exception {
    Path jar =
        jar("a.jar", Map.of("org/example/digits/Digits.class", bytes(Digits.class.getName())));

    assertThat(GuardBuild.rewrite(jar, jar, PLAIN)).isEqualTo("1 of 1 class rewritten");
    assertThat(GuardBuild.rewrite(jar, jar, PLAIN))
        .isEqualTo("0 of 1 class rewritten, 1 rewritten before");

    assertThat(entries(jar))
        .containsExactlyInAnyOrder(
            "org/example/digits/Digits.class",
            "org/example/digits/Digits$$StetSites.class",
            "META-INF/",
            "META-INF/stet-guard.properties");
    assertThat(files(directory)).containsExactly(jar);
  }

  @Test
  void whatCannotBeRewrittenIsLeftAloneAndSaid() throws Exception {
    byte[] newer = bytes(Digits.class.getName());
    newer[7] = (byte) 120;
    byte[] broken = java.util.Arrays.copyOf(bytes(Digits.class.getName()), 60);
    Path jar = jar(
        "b.jar",
        Map.of(
            "a/Newer.class",
            newer,
            "a/Broken.class",
            broken,
            "a/Empty.class",
            new byte[0],
            "lib/inside.jar",
            new byte[] {1, 2},
            "org/example/digits/Digits.class",
            bytes(Digits.class.getName()),
            "java/lang/Odd.class",
            bytes(Digits.class.getName())));

    assertThat(GuardBuild.rewrite(jar, jar, PLAIN))
        .isEqualTo(
            "1 of 5 classes rewritten, 1 of a class file version newer than the guard knows left alone,"
                + " 2 that cannot be read left alone, 1 jar inside left alone");
    ChildJvm child = start(jar, ChildJvm.java(), "");
    assertThat(child.values("limit"))
        .contains(
            "1 class with call sites that matter has a class file version newer than the guard knows and was left alone.",
            "2 classes could not be rewritten and were left alone.",
            "Classes of folders and jars that were not rewritten before the program ran are not seen.");
  }

  @Test
  void classesOfStetAreNeverRewritten() throws Exception {
    Path jar = jar(
        "all-in-one.jar",
        Map.of(
            "dev/stet/guard/GuardRuntime.class", bytes(GuardRuntime.class.getName()),
            "dev/stet/guard/Watch.class", bytes(Digits.class.getName()),
            "com/acme/Main.class", bytes(Digits.class.getName())));

    assertThat(GuardBuild.rewrite(jar, jar, PLAIN)).isEqualTo("1 of 3 classes rewritten");
  }

  /** So that a module without classes breaks no build, and no run takes itself for guarded. */
  @Test
  void whereThereIsNoClassNothingSaysThatItIsGuarded() throws Exception {
    String words =
        "0 of 0 classes rewritten, so nothing is guarded here: if there should be classes, compile"
            + " them first or give the folder where they are";
    Path folder = copyOf(Digits.class);
    Path to = directory.resolve("to");
    GuardBuild.rewrite(folder, folder, PLAIN);
    Path marker = folder.resolve(BuildMarker.PATH);
    assertThat(marker).exists();

    for (String name : List.of("Digits", "Digits$$StetSites")) {
      Files.delete(folder.resolve("org/example/digits/" + name + ".class"));
    }
    assertThat(GuardBuild.rewrite(folder, to, PLAIN)).isEqualTo(words);
    assertThat(contents(to)).isEmpty();
    assertThat(GuardBuild.rewrite(folder, folder, PLAIN)).isEqualTo(words);
    assertThat(marker).doesNotExist();

    Path jar = jar("resources.jar", Map.of("some.txt", new byte[] {1}));
    assertThat(GuardBuild.rewrite(jar, jar, PLAIN)).isEqualTo(words);
    assertThat(entries(jar)).containsExactly("some.txt");
  }

  @Test
  void whatStoodInTheOtherFolderStays() throws Exception {
    Path folder = copyOf(Digits.class);
    Path to = directory.resolve("to");
    write(to, FreshProgram.class.getName());
    Files.writeString(to.resolve("some.txt"), "kept");
    Map<String, String> before = contents(to);

    assertThat(GuardBuild.rewrite(folder, to, PLAIN))
        .isEqualTo("1 of 1 class rewritten, 1 that stood there before left alone");
    assertThat(contents(to)).containsAllEntriesOf(before).hasSize(before.size() + 3);
    assertThat(GuardBuild.rewrite(folder, to, PLAIN))
        .isEqualTo("1 of 1 class rewritten, 1 that stood there before left alone");
  }

  @Test
  void severalFoldersCanGoToOne() throws Exception {
    Path folder = copyOf(Digits.class);
    Path other = directory.resolve("other");
    Path to = directory.resolve("to");
    write(other, FreshProgram.class.getName());
    GuardBuild.rewrite(folder, to, PLAIN);

    assertThat(GuardBuild.rewrite(other, to, PLAIN))
        .isEqualTo("1 of 1 class rewritten, 1 rewritten before");
    assertThat(to.resolve(BuildMarker.PATH)).content().contains("rewritten=2\n");
    Map<String, String> before = contents(to);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardBuild.rewrite(other, to, STRICT))
        .withMessageStartingWith("classes here are rewritten already, with no switches");
    assertThat(contents(to)).isEqualTo(before);
  }

  // --- links

  @Test
  void aLinkToAFolderIsTheFolder() throws Exception {
    Path folder = copyOf(Digits.class);
    Path link = link("link", folder);

    assertThat(GuardBuild.rewrite(link, directory.resolve("to"), PLAIN))
        .isEqualTo("1 of 1 class rewritten");
    assertThat(directory.resolve("to/org/example/digits/Digits$$StetSites.class"))
        .exists();
    assertThat(contents(folder)).hasSize(1);

    assertThat(GuardBuild.rewrite(folder, link, PLAIN)).isEqualTo("1 of 1 class rewritten");
    assertThat(contents(folder)).hasSize(3);
    assertThat(GuardBuild.rewrite(link, link, PLAIN))
        .isEqualTo("0 of 1 class rewritten, 1 rewritten before");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void whatALinkLeadsToStaysAsItIs() throws Exception {
    Path folder = directory.resolve("classes");
    Files.createDirectories(folder.resolve("org/example/digits"));
    Path file = Files.write(directory.resolve("Kept.class"), bytes(Digits.class.getName()));
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path there = Files.write(elsewhere.resolve("Digits.class"), bytes(Digits.class.getName()));
    link("classes/org/example/digits/Digits.class", file);
    link("classes/Nowhere.class", directory.resolve("nowhere"));
    link("classes/loop", folder);
    link("classes/elsewhere", elsewhere);
    Path to = directory.resolve("to");

    assertThat(GuardBuild.rewrite(folder, to, PLAIN))
        .isEqualTo("1 of 1 class rewritten, 2 links to folders left alone");
    assertThat(contents(to)).hasSize(3);
    assertThat(to.resolve("loop")).doesNotExist();
    assertThat(folder.resolve("org/example/digits/Digits.class")).isSymbolicLink();

    assertThat(GuardBuild.rewrite(folder, folder, PLAIN))
        .isEqualTo("1 of 1 class rewritten, 2 links to folders left alone");
    assertThat(Files.isSymbolicLink(folder.resolve("org/example/digits/Digits.class")))
        .isFalse();
    assertThat(contents(folder)).isEqualTo(contents(to));
    assertThat(file).hasBinaryContent(bytes(Digits.class.getName()));
    assertThat(there).hasBinaryContent(bytes(Digits.class.getName()));
  }

  @Test
  void linksInTheOtherFolderDoNotLeadBackToTheFirst() throws Exception {
    Path folder = copyOf(Digits.class);
    Map<String, String> before = contents(folder);
    Path to = Files.createDirectories(directory.resolve("to/org/example/digits"));
    link("to/org/example/digits/Digits.class", folder.resolve("org/example/digits/Digits.class"));

    GuardBuild.rewrite(folder, directory.resolve("to"), PLAIN);
    assertThat(Files.isSymbolicLink(to.resolve("Digits.class"))).isFalse();
    assertThat(contents(folder)).isEqualTo(before);

    Files.createDirectories(directory.resolve("linked/org"));
    link("linked/org/example", folder.resolve("org/example"));
    refused(
        directory.resolve("linked").toRealPath().resolve("org/example")
            + " is a link to another folder, " + folder.resolve("org/example").toRealPath()
            + ", and files would be written there. Remove the link, or give a folder without links.",
        folder.toString(),
        directory.resolve("linked").toString());
    assertThat(contents(folder)).isEqualTo(before);
  }

  @Test
  void theMarkerGoesThroughNoLink() throws Exception {
    Path folder = copyOf(Digits.class);
    Path meta = Files.createDirectories(directory.resolve("other/META-INF"));
    link("classes/META-INF", meta);

    refused(
        folder.toRealPath().resolve("META-INF") + " is a link to another folder, "
            + meta.toRealPath() + ", and files would be written there.",
        folder.toString());
    assertThat(contents(folder)).hasSize(1);
    assertThat(files(meta)).isEmpty();
  }

  private Path link(String name, Path to) throws IOException {
    try {
      return Files.createSymbolicLink(directory.resolve(name), to);
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw new TestAbortedException("no links can be made here", e);
    }
  }

  // --- what is refused

  @Test
  void otherSwitchesThanBeforeAreRefusedAndChangeNothing() throws Exception {
    Path folder = copyOf(Digits.class);
    GuardBuild.rewrite(folder, folder, PLAIN);
    Map<String, String> before = contents(folder);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardBuild.rewrite(folder, folder, STRICT))
        .withMessage(
            "classes here are rewritten already, with no switches, and cannot be rewritten again with"
                + " --strict. Give the same switches, or compile the classes anew first.");
    assertThat(contents(folder)).isEqualTo(before);
  }

  @Test
  void aSignedJarIsRefusedAndStays() throws Exception {
    Path jar = jar(
        "signed.jar",
        Map.of(
            "META-INF/ACME.SF",
            new byte[0],
            "org/example/digits/Digits.class",
            bytes(Digits.class.getName())));
    byte[] before = Files.readAllBytes(jar);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardBuild.main(jar.toString()))
        .withMessage(jar
            + " is signed, and its classes would not be the signed ones any more. Guard it by the agent"
            + " or the class loader, or give a copy without the signature.");
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    assertThat(files(directory)).containsExactly(jar);
  }

  @Test
  void argumentsThatMakeNoSenseAreRefused() throws Exception {
    Path folder = copyOf(Digits.class);
    Path text = Files.writeString(directory.resolve("a.txt"), "no jar");

    refused("GuardBuild was given 0 paths. Give a folder of classes or a jar");
    refused("GuardBuild was given 3 paths. Give a folder of classes or a jar", "a", "b", "c");
    refused(
        "GuardBuild has no option \"--mode=replace\". Give --strict and --linked here; what else the guard does is"
            + " said when the program runs, as -Dstet.guard=mode=replace.",
        "--mode=replace",
        folder.toString());
    refused("there is no absent to rewrite. Give a folder of classes or a jar.", "absent");
    refused(text + " is no jar: ", text.toString());
    refused(text + " is no folder, and ", folder.toString(), text.toString());
    refused(
        folder.resolve("in") + " is within " + folder,
        folder.toString(),
        folder.resolve("in").toString());
    Path jar = jar("c.jar", Map.of());
    refused(
        folder + " is a folder. Give the jar to write, such as " + folder.resolve("c.jar") + ".",
        jar.toString(),
        folder.toString());
  }

  private static void refused(String message, String... arguments) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GuardBuild.main(arguments))
        .withMessageStartingWith(message);
  }

  @Test
  void aFolderThatHoldsTheFirstIsRefusedAndChangesNothing() throws Exception {
    Path target = directory.resolve("target");
    Path folder = target.resolve("classes");
    write(folder, Digits.class.getName());
    write(target.resolve("test-classes"), Digits.class.getName());
    Map<String, String> before = contents(directory);
    Path linked = link("linked", target);
    Path link = link("link", folder);

    for (Path from : List.of(folder, link, linked.resolve("classes"))) {
      for (Path to : List.of(target, linked, folder.resolve(".."), directory)) {
        refused(
            to + " contains " + from + ". Give a folder beside it, or none to rewrite in place.",
            from.toString(),
            to.toString());
      }
      for (Path to : List.of(folder.resolve("new/er"), linked.resolve("classes/new"))) {
        refused(
            to + " is within " + from + ". Give a folder beside it, or none to rewrite in place.",
            from.toString(),
            to.toString());
      }
    }
    assertThat(contents(directory)).isEqualTo(before);
  }

  @Test
  void aMarkerOfAnotherFormatIsRefused() {
    assertThat(markerProblem("format=2\n"))
        .isEqualTo(
            "here is of format 2, and this version of the guard knows 1. Rewrite the classes with the version"
                + " that they run with.");
    assertThat(markerProblem("format=1\nrewritten=many\n"))
        .isEqualTo("here is damaged. Compile and rewrite the classes anew.");
  }

  private static String markerProblem(String text) {
    try {
      return BuildMarker.parse(text, "here").toString();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void markersOfOneClassPathAreOneCarrier() throws Exception {
    BuildMarker one = new BuildMarker(PLAIN, 3, 1, 0);
    BuildMarker strict = new BuildMarker(STRICT, 4, 0, 2);

    Guard.Carrier carrier = BuildMarker.carrier(List.of(one, strict), "mode=replace,sequential");

    assertThat(BuildMarker.parse(strict.toText(), "here")).isEqualTo(strict);
    assertThat(carrier.options()).hasToString("mode=replace,sequential,strict");
    assertThat(carrier.transformer().rewritten).hasValue(7);
    assertThat(carrier.transformer().newer).hasValue(1);
    assertThat(carrier.transformer().failed).hasValue(2);
    assertThat(carrier.limits()).contains("Not all classes were rewritten with the same switches.");
    assertThat(BuildMarker.carrier(List.of(one), "").limits()).hasSize(1);
  }

  // --- files

  private Path copyOf(Class<?> type, String... more) throws IOException {
    Path folder = directory.resolve("classes");
    write(folder, type.getName());
    for (String name : more) {
      write(folder, type.getPackageName() + "." + name);
    }
    return folder;
  }

  private static void write(Path folder, String name) throws IOException {
    Path file = folder.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes(name));
  }

  private static byte[] bytes(String name) throws IOException {
    String path = name.replace('.', '/') + ".class";
    try (var in = GuardBuildTest.class.getClassLoader().getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }

  private Path jar(String name, Map<String, byte[]> entries) throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).toList();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            folder.relativize(file).toString().replace('\\', '/'),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static Path jarOfTests(String name) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> String.valueOf(entry.getFileName()).startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
