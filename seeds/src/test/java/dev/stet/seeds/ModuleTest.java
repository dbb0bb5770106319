package dev.stet.seeds;

import static java.lang.module.ModuleDescriptor.Requires.Modifier.MANDATED;
import static java.lang.module.ModuleDescriptor.Requires.Modifier.STATIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
  /** A transitive annotation module would have to be there wherever somebody's own module is compiled. */
  @Test
  void runsOnJavaBaseAloneAndPassesNothingOn() throws IOException {
    try (InputStream file = Files.newInputStream(Path.of("target/classes/module-info.class"))) {
      ModuleDescriptor module = ModuleDescriptor.read(file);
      assertThat(module.name()).isEqualTo("dev.stet.seeds");
      assertThat(module.requires())
          .hasSize(2)
          .allSatisfy(required -> assertThat(required.modifiers())
              .isEqualTo(required.name().equals("java.base") ? Set.of(MANDATED) : Set.of(STATIC)));
    }
  }
}
