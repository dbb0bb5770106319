package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependenciesTest {
  private static final String HOST =
      "package lab.loop; public class Host { static java.io.Serializable body() {"
          + " return (Runnable & java.io.Serializable) () -> new org.lib.Tool().use(); } }";
  private static final String POM =
      "<project><parent><groupId>org.lib</groupId><version>1.2</version></parent>"
          + "<artifactId>tool</artifactId><!-- <artifactId>no</artifactId> --><dependencies><dependency>"
          + "<artifactId>x</artifactId></dependency></dependencies></project>";
  private static final Map<String, String> DESCRIPTOR = Map.of(
      "META-INF/maven/org.lib/tool/pom.properties",
          "groupId=org.lib\nartifactId=tool\nversion=1.2\n",
      "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nCreated-By: whoever\n");

  @TempDir
  Path folder;

  private Compiled library(String name, String source, Path... classPath) {
    return Compiled.of(folder, Map.of(name, source), "-cp", path(classPath));
  }

  private static String path(Path... classPath) {
    return String.join(
        java.io.File.pathSeparator,
        List.of(classPath).stream().map(Path::toString).toList());
  }

  private Compiled tool(int value) {
    return library(
        "org.lib.Tool",
        "package org.lib; public class Tool { public int use() { return " + value + "; } }");
  }

  private Compiled host(Path... classPath) {
    return library("lab.loop.Host", HOST, classPath);
  }

  private static Map<String, Object> artifacts(Path... classPath) {
    Serializable body = Compiled.body("lab.loop.Host", classPath);
    return Compiled.part(Code.of(CapturedBody.of(body)).dependencies(), "artifacts");
  }

  @Test
  void areEqualForAFolderAndTheJarThatMavenMakesOfIt() throws Exception {
    Compiled tool = tool(1);
    Files.writeString(tool.classes().resolve("../../pom.xml").normalize(), POM);
    Files.writeString(tool.classes().resolve("table.txt"), "data");
    Path host = host(tool.classes()).classes();

    Map<String, Object> fromFolder = artifacts(host, tool.classes());
    assertThat(fromFolder).containsOnlyKeys("org.lib:tool");
    assertThat(Compiled.part(fromFolder, "org.lib:tool"))
        .containsEntry("version", "1.2")
        .containsKey("sha256");
    assertThat(artifacts(host, tool.jar(folder.resolve("tool-1.2.jar"), DESCRIPTOR)))
        .isEqualTo(fromFolder);
    Files.writeString(tool.classes().resolve("table.txt"), "other");
    assertThat(artifacts(host, tool.classes())).isNotEqualTo(fromFolder);
  }

  @Test
  void nameAJarByItsManifestOrElseItsFile() {
    Compiled tool = tool(1);
    Path host = host(tool.classes()).classes();
    Path named = tool.jar(
        folder.resolve("a.jar"),
        Map.of("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nAutomatic-Module-Name: org.tool\n"));

    assertThat(artifacts(host, named)).containsOnlyKeys("org.tool");
    assertThat(artifacts(host, tool.jar(folder.resolve("b.jar"), Map.of())))
        .containsOnlyKeys("b.jar");
  }

  @Test
  void leaveOutJarsThatNothingNamesAndEntriesThatDoNotExist() {
    Compiled tool = tool(1);
    Path unused =
        library("org.other.Unused", "package org.other; public class Unused {}").classes();
    Path host = host(tool.classes()).classes();

    assertThat(artifacts(host, tool.classes(), unused, folder.resolve("missing.jar")))
        .isEqualTo(artifacts(host, tool.classes()));
  }

  @Test
  void followOneLibraryIntoTheNext() {
    Path base = library(
            "org.base.Base",
            "package org.base; public class Base { public static int x() { return 1; } }")
        .jar(folder.resolve("base.jar"), Map.of());
    Path tool = library(
            "org.lib.Tool",
            "package org.lib; public class Tool { public int use() { return org.base.Base.x(); } }",
            base)
        .jar(folder.resolve("tool.jar"), Map.of());

    assertThat(artifacts(host(tool).classes(), tool, base))
        .containsOnlyKeys("base.jar", "tool.jar");
  }

  @Test
  void setApartWhatIsPackedWithTheProgram() {
    Compiled tool = tool(1);
    Compiled host = host(tool.classes());
    Path first = host.jar(folder.resolve("first.jar"), DESCRIPTOR, tool.classes());
    Path second = host.jar(folder.resolve("second.jar"), Map.of("data.txt", "x"), tool.classes());
    Path third = host.jar(folder.resolve("third.jar"), DESCRIPTOR, tool(2).classes());

    assertThat(artifacts(first)).containsOnlyKeys("packed with lab.loop");
    Map<String, Object> packed = Compiled.part(artifacts(first), "packed with lab.loop");
    assertThat(packed).containsEntry("bundles", Map.of("org.lib:tool", "1.2"));
    assertThat(Compiled.part(artifacts(second), "packed with lab.loop").get("sha256"))
        .isEqualTo(packed.get("sha256"));
    assertThat(Compiled.part(artifacts(third), "packed with lab.loop").get("sha256"))
        .isNotEqualTo(packed.get("sha256"));
  }

  @Test
  void sayWhichClassesAreAbsent() {
    Compiled tool = tool(1);
    Serializable body = Compiled.body("lab.loop.Host", host(tool.classes()).classes());

    assertThat(Code.of(CapturedBody.of(body)).dependencies())
        .isEqualTo(Map.of("artifacts", Map.of(), "absent", List.of("org.lib.Tool")));
  }
}
