package dev.stet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class TransformerTest {
  private static final Rewriter.Switches PLAIN = new Rewriter.Switches(false, false);
  private static final Rewriter.Switches ALL = new Rewriter.Switches(true, true);

  private final Transformer transformer = new Transformer(PLAIN);
  private final ClassLoader own = TransformerTest.class.getClassLoader();

  private static byte[] bytes(Class<?> type) {
    return bytes(type.getName());
  }

  private static byte[] bytes(String name) {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = TransformerTest.class.getClassLoader().getResourceAsStream(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClassWithoutSitesStaysAsItIs() {
    assertThat(transformer.rewrite(own, "a/Guarded", bytes(Guarded.class))).isNull();
    assertThat(new Prefilter(false).ask(bytes(Finding.class))).isEqualTo(Prefilter.Answer.NO);
    assertThat(transformer.rewritten).hasValue(0);
  }

  private static final class Finding {}

  @Test
  void aClassIsRewrittenOnceAndKeepsItsNumbers() {
    byte[] plain = bytes(RandomnessTest.MathRandom.class);
    byte[] rewritten = Objects.requireNonNull(transformer.rewrite(own, "a/MathRandom", plain));

    assertThat(rewritten).isNotEqualTo(plain);
    assertThat(transformer.rewrite(own, "a/MathRandom", rewritten)).isNull();
    assertThat(transformer.rewrite(own, "a/MathRandom", plain)).isEqualTo(rewritten);
    assertThat(new Transformer(PLAIN).rewrite(own, "a/MathRandom", plain)).isEqualTo(rewritten);
    assertThat(transformer.rewritten).hasValue(1);
  }

  @Test
  void aVersionThatIsNotKnownIsLeftAloneAndCounted() {
    byte[] newer = bytes(RandomnessTest.MathRandom.class);
    newer[7] = (byte) 120;

    assertThat(transformer.rewrite(own, "a/Newer", newer)).isNull();
    assertThat(transformer.newer).hasValue(1);
  }

  @Test
  void aLoaderThatDoesNotSeeTheGuardIsLeftAloneAndCounted() {
    ClassLoader isolated = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};

    assertThat(transformer.rewrite(isolated, "a/Isolated", bytes(RandomnessTest.MathRandom.class)))
        .isNull();
    assertThat(transformer.invisible).hasValue(1);
  }

  @Test
  void aClassThatCannotBeReadIsLeftAloneAndCounted() {
    byte[] broken = java.util.Arrays.copyOf(bytes(RandomnessTest.MathRandom.class), 60);

    assertThat(transformer.rewrite(own, "a/Broken", broken)).isNull();
    assertThat(transformer.rewrite(own, "a/Short", new byte[9])).isNull();
    assertThat(transformer.failed).hasValue(2);
  }

  @Test
  void whatWasLeftAloneIsSaidWithTheRun() {
    transformer.invisible.set(1);
    transformer.newer.set(2);
    Guard.Carrier carrier = new Guard.Carrier("test", GuardOptions.observe(), transformer);
    Guard.install(carrier);
    try {
      Observation seen = Watch.begin(GuardOptions.observe(), Seed.of(1)).end();

      assertThat(seen.limits())
          .contains(
              "1 class with call sites that matter is of a class loader that does not see the guard and was left alone.",
              "2 classes with call sites that matter have a class file version newer than the guard knows and were left alone.");
    } finally {
      Guard.remove(carrier);
    }
  }

  @Test
  void classesOfTheJdkAndOfStetAreNotRewritten() {
    String place = Transformer.place(Seed.class.getProtectionDomain());

    assertThat(Transformer.isOurs("java/util/ArrayList", null)).isTrue();
    assertThat(Transformer.isOurs("dev/stet/seeds/Seed", place)).isTrue();
    assertThat(Transformer.isOurs("dev/stet/examples/Mlp", "file:/somewhere/classes/"))
        .isFalse();
    assertThat(Transformer.isOurs("dev/stet/examples/Mlp", place)).isFalse();
    assertThat(Transformer.isOurs("dev/stet/junit/Any", "file:/m2/stet-junit-0.1.0.jar"))
        .isTrue();
    assertThat(Transformer.isOurs("com/acme/Any", place)).isFalse();
  }

  /** Every class of these libraries is rewritten with all switches, and linked, which verifies it. */
  @Test
  void classesOfLibrariesLinkAfterwards() throws Exception {
    int rewritten = 0;
    try (GuardedLoader loader =
        GuardedLoader.of(GuardOptions.observe().withStrictMath().withLinkedCollections(), own)) {
      for (String name : classes("commons-math3-", "jackson-databind-")) {
        byte[] bytes = bytes(name);
        Rewriter.Rewritten result = new Rewriter(ALL).rewrite(bytes);
        if (result == null) {
          continue;
        }
        assertThat(new Prefilter(true).ask(bytes)).as(name).isEqualTo(Prefilter.Answer.MAYBE);
        rewritten++;
        try {
          assertThatCode(loader.loadClass(name)::getDeclaredMethods)
              .as(name)
              .doesNotThrowAnyException();
        } catch (AssertionError e) {
          if (!(e.getCause() instanceof NoClassDefFoundError)) {
            throw e; // an optional dependency that is not there
          }
        }
      }
    }
    assertThat(rewritten).isGreaterThan(150);
  }

  private static List<String> classes(String... jars) throws IOException {
    List<String> names = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      for (String jar : jars) {
        if (new File(entry).getName().startsWith(jar)) {
          try (JarFile file = new JarFile(entry)) {
            file.stream()
                .map(one -> one.getName())
                .filter(name -> name.endsWith(".class")
                    && !name.startsWith("META-INF")
                    && !name.contains("-info"))
                .forEach(name -> names.add(name.substring(0, name.length() - 6).replace('/', '.')));
          }
        }
      }
    }
    return names;
  }
}
