package dev.stet.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.stet.fingerprint.Configs.Activation;
import dev.stet.fingerprint.Configs.Adam;
import dev.stet.fingerprint.Configs.Anything;
import dev.stet.fingerprint.Configs.Bean;
import dev.stet.fingerprint.Configs.Box;
import dev.stet.fingerprint.Configs.Boxed;
import dev.stet.fingerprint.Configs.Layer;
import dev.stet.fingerprint.Configs.Optimizer;
import dev.stet.fingerprint.Configs.Plain;
import dev.stet.fingerprint.Configs.Rich;
import dev.stet.fingerprint.Configs.Sgd;
import dev.stet.fingerprint.Configs.WithOptimizer;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
  private static final Layer LAYER = new Layer("in", 3, Activation.TANH);

  static Rich rich() {
    return new Rich(
        Configs.TWO_E23,
        0.1f,
        (1L << 53) + 1,
        "NaN",
        Activation.TANH,
        Optional.of("1e5"),
        Duration.ofMillis(1500),
        new ArrayList<>(List.of(LAYER)),
        Map.of("$first", LAYER),
        Map.of(Activation.RELU, 1),
        new TreeSet<>(Set.of(10, 9)),
        new int[] {1, 2},
        new double[][] {{Double.NaN, -0.0}, {}, {Double.NEGATIVE_INFINITY}},
        new byte[] {-128},
        ';',
        BigInteger.TWO.pow(70),
        new BigDecimal("0.10"));
  }

  private static CanonicalForm throughText(CanonicalForm form) {
    return CanonicalForm.parse(form.json());
  }

  @Nested
  class Records {
    @Test
    void thatAreDeeplyImmutableAreHandedOnAsTheyAre() {
      Plain plain = new Plain(0.1, 32, 20);
      CapturedConfig<Plain> config = ConfigReader.of(Plain.class).read(plain);
      assertThat(config.value()).isSameAs(plain);
      assertThat(config.form().json())
          .isEqualTo("{\"epochs\":20,\"hidden\":32,\"learningRate\":0.1}");
      assertThat(config.tree()).isEqualTo(Map.of("epochs", 20, "hidden", 32, "learningRate", 0.1));
      Boxed boxed = new Boxed(new Box<>(List.of(LAYER)));
      assertThat(ConfigReader.of(Boxed.class).read(boxed).value()).isSameAs(boxed);
    }

    @Test
    void withMutablePartsAreCopiedAtEachCall() {
      Rich given = rich();
      CapturedConfig<Rich> config = ConfigReader.of(Rich.class).read(given);
      Rich first = config.value();
      first.widths()[0] = 99;
      first.layers().clear();
      given.widths()[0] = 77;
      Rich second = config.value();
      assertThat(second.widths()).containsExactly(1, 2);
      assertThat(second.layers()).containsExactly(LAYER);
      assertThat(CanonicalForm.of(second)).isEqualTo(CanonicalForm.of(rich()));
      assertThat(config.value()).isNotSameAs(first);
    }

    @Test
    void comeBackFromTextWithTheirTypes() {
      ConfigReader<Rich> reader = ConfigReader.of(Rich.class);
      CapturedConfig<Rich> config = reader.read(rich());
      Rich back = reader.readBack(throughText(config.form())).value();
      assertThat(back.layers()).containsExactly(LAYER);
      assertThat(back.named()).containsExactly(Map.entry("$first", LAYER));
      assertThat(back.counts()).containsExactly(Map.entry(Activation.RELU, 1));
      assertThat(back.milestones()).containsExactly(9, 10);
      assertThat(back.decay()).isEqualTo(0.1f);
      assertThat(back.exact()).isEqualByComparingTo("0.1");
      assertThat(reader.read(back).form().json()).isEqualTo(config.form().json());
    }

    @Test
    void ofASealedFamilyAreNamedAndComeBack() {
      WithOptimizer given = new WithOptimizer(new Adam(0.9), List.of(new Sgd(0.0), new Adam(1)));
      ConfigReader<WithOptimizer> reader = ConfigReader.of(WithOptimizer.class);
      CapturedConfig<WithOptimizer> config = reader.read(given);
      assertThat(config.form().json())
          .isEqualTo("{\"optimizer\":{\"Adam\":{\"beta\":0.9}},"
              + "\"others\":[{\"Sgd\":{\"momentum\":0}},{\"Adam\":{\"beta\":1}}]}");
      assertThat(reader.readBack(throughText(config.form())).value()).isEqualTo(given);
      assertThat(ConfigReader.of(Optimizer.class).read(new Sgd(0.5)).form().json())
          .isEqualTo("{\"Sgd\":{\"momentum\":0.5}}");
    }

    @Test
    void whoseConstructorChangesTheValueAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(Configs.Halving.class).read(new Configs.Halving(0.2)))
          .withMessage(
              "config.rate is 0.1 (Double) and would be read back as 0.05 (Double). A config must come back"
                  + " equal from its canonical form: use a record whose components have the types you mean.");
    }

    @Test
    void whoseConstructorRefusesTheFormSayWhy() {
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              ConfigReader.of(Configs.Strict.class).readBack(CanonicalForm.of(Map.of("size", -1))))
          .withMessage(
              "config cannot be read back: the constructor of dev.stet.fingerprint.Configs$Strict threw"
                  + " java.lang.IllegalStateException: size is negative. It must accept the values that its own objects"
                  + " hold.");
    }

    @Test
    void doNotTakeAFormOfAnotherShape() {
      ConfigReader<Configs.Strict> reader = ConfigReader.of(Configs.Strict.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.readBack(CanonicalForm.of(Map.of())))
          .withMessage(
              "config.size is missing, which dev.stet.fingerprint.Configs$Strict needs. The form was written"
                  + " for another version of this class: read it with that one, or run anew with this one.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.readBack(CanonicalForm.of(Map.of("size", 1, "depth", 2))))
          .withMessage(
              "config.depth is unknown to dev.stet.fingerprint.Configs$Strict. The form was written for"
                  + " another version of this class: read it with that one, or run anew with this one.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> reader.readBack(CanonicalForm.of(Map.of("size", 1.5))))
          .withMessage(
              "config.size is 1.5 in the canonical form, which is no java.lang.Integer. Give a value of that"
                  + " type; a form that was read is for the version of the class that wrote it.");
    }
  }

  @Nested
  class Beans {
    @Test
    void areReadByAllTheirFieldsAndCopied() {
      Bean bean = new Bean();
      bean.touch();
      bean.layers(new ArrayList<>(List.of(LAYER)));
      CapturedConfig<Bean> config = ConfigReader.of(Bean.class).read(bean);
      bean.rate(5);
      config.value().rate(6);
      config.value().layers().clear();
      Bean copy = config.value();
      assertThat(copy.rate()).isEqualTo(0.1);
      assertThat(copy.touched()).isEqualTo(1);
      assertThat(copy.layers()).containsExactly(LAYER);
      assertThat(config.form().json())
          .isEqualTo(
              "{\"hiddenState\":1,\"layers\":[{\"activation\":\"TANH\",\"name\":\"in\",\"size\":3}],\"rate\":0.1}");
    }

    @Test
    void withFinalFieldsAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(Configs.FinalField.class))
          .withMessage(
              "config is a dev.stet.fingerprint.Configs$FinalField, which has the final field size, so it"
                  + " could not be made again from its values. Make it a record.");
    }

    @Test
    void ofAModuleThatIsNotOpenNameTheLine(@TempDir Path folder) throws Exception {
      Class<?> type = closedConfig(folder);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(type))
          .withMessage(
              "config is a com.example.lab.Config, whose package is not open to Stet. Add this line to the"
                  + " module-info of com.example.lab: opens com.example.lab;");
    }

    private Class<?> closedConfig(Path folder) throws IOException, ClassNotFoundException {
      Path source =
          Files.createDirectories(folder.resolve("com/example/lab")).resolve("Config.java");
      Files.writeString(source, "package com.example.lab; record Config(int size) {}");
      Path module = folder.resolve("module-info.java");
      Files.writeString(module, "module com.example.lab {}");
      assertThat(ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", folder.toString(), source.toString(), module.toString()))
          .isZero();
      ModuleLayer boot = ModuleLayer.boot();
      ModuleFinder found = ModuleFinder.of(folder);
      return boot.defineModulesWithOneLoader(
              boot.configuration().resolve(found, ModuleFinder.of(), Set.of("com.example.lab")),
              ClassLoader.getSystemClassLoader())
          .findLoader("com.example.lab")
          .loadClass("com.example.lab.Config");
    }
  }

  @Nested
  class Maps {
    @Test
    void keepTheirTypesAndAreHandedOutSortedAndFresh() {
      Map<String, Object> given = new HashMap<>(Map.of(
          "rate",
          1.0,
          "epochs",
          20,
          "steps",
          5L,
          "$x",
          Double.NaN,
          "names",
          List.of("NaN", Configs.TWO_E23, -0.0)));
      CapturedConfig<Map<String, Object>> config = ConfigReader.ofMap().read(given);
      given.put("rate", 2.0);
      config.value().clear();
      assertThat(config.value())
          .containsExactly(
              Map.entry("$x", Double.NaN),
              Map.entry("epochs", 20),
              Map.entry("names", List.of("NaN", Configs.TWO_E23, -0.0)),
              Map.entry("rate", 1.0),
              Map.entry("steps", 5L));
    }

    @Test
    void withValuesThatWouldChangeTheirTypeAreRefused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.ofMap().read(Map.of("net", Map.of("decay", 0.5f))))
          .withMessage(
              "config.net.decay is 0.5 (Float) and would be read back as 0.5 (Double). A config must come back"
                  + " equal from its canonical form: use a record whose components have the types you mean.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.ofMap().read(Map.of("widths", new int[] {1})))
          .withMessageStartingWith(
              "config.widths is an array (int[]) and would be read back as [1] (ArrayList).");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.ofMap().read(Map.of("counts", Map.of(1, 2))))
          .withMessage(
              "config.counts has the key 1 (Integer), which is read back as a String. Declare the type of the"
                  + " keys, or use strings.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(Anything.class).read(new Anything(LAYER)))
          .withMessageStartingWith("config.value is ");
    }

    @Test
    void ofNothingAreConfigsToo() {
      assertThat(ConfigReader.ofMap().read(Map.of()).form().json()).isEqualTo("{}");
    }
  }

  @Nested
  class Refusals {
    @Test
    @SuppressWarnings("NullAway") // the mistake under test
    void nameTheConfigThatIsNull() {
      assertThatNullPointerException()
          .isThrownBy(() -> ConfigReader.of(Plain.class).read(null))
          .withMessage(
              "config must not be null. Give the settings of the experiment, such as new Config(...).");
    }

    @Test
    void nameTypesThatAreNoConfigs() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(Integer.class))
          .withMessage(
              "A config must be a record, a sealed interface of records, a bean or a map; got"
                  + " java.lang.Integer. Write record Config(...) {}, or use a map.");
    }

    @Test
    void nameTheFieldThatCannotBeSerialised() {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> ConfigReader.of(Anything.class).read(new Anything(Thread.currentThread())))
          .withMessageStartingWith(
              "config.value is a java.lang.Thread, which cannot be made canonical.");
    }

    @Test
    void nameTheCircle() {
      Configs.Circle circle = new Configs.Circle();
      circle.next = circle;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConfigReader.of(Configs.Circle.class).read(circle))
          .withMessageStartingWith(
              "config.next is a dev.stet.fingerprint.Configs$Circle that contains itself.");
    }
  }
}
