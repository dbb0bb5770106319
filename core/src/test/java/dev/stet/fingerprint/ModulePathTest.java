package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulePathTest {
  private static final Map<String, String> SOURCES = Map.of(
      "module-info", "module lab { exports lab.open; }",
      "lab.open.Host",
          "package lab.open; public class Host { public static java.io.Serializable body() { int n = 3;"
              + " return (Runnable & java.io.Serializable) () -> new lab.open.hidden.Model().go(n); } }",
      "lab.open.hidden.Model",
          "package lab.open.hidden; public class Model { public void go(int n) {} }");

  @TempDir
  Path folder;

  @Test
  void readsABodyOfANamedModuleThatOpensNothing() throws Exception {
    Compiled program = Compiled.of(folder, SOURCES);
    Configuration modules = ModuleLayer.boot()
        .configuration()
        .resolve(ModuleFinder.of(program.classes()), ModuleFinder.of(), Set.of("lab"));
    ModuleLayer layer =
        ModuleLayer.boot().defineModulesWithOneLoader(modules, getClass().getClassLoader());
    Method method = layer.findLoader("lab").loadClass("lab.open.Host").getMethod("body");
    CapturedBody body = CapturedBody.of((Serializable) method.invoke(null));

    assertThat(method.getDeclaringClass().getModule().isNamed()).isTrue();
    assertThat(body.tree())
        .containsEntry("class", "lab.open.Host")
        .containsEntry("captured", List.of(3));
    assertThat(Compiled.part(Code.of(body).tree(), "classes"))
        .containsOnlyKeys("lab.open.Host", "lab.open.hidden.Model")
        .isEqualTo(program.code("lab.open.Host"));
  }
}
