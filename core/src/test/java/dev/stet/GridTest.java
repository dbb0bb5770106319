package dev.stet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GridTest {
  enum Kind {
    SGD,
    ADAM
  }

  record Optimizer(Kind kind, double rate) {}

  record Config(double learningRate, int hidden, Optimizer optimizer) {}

  static final Map<String, Object> ADAM = Map.of("kind", Kind.ADAM, "rate", 0.5);

  static final Config BASE = new Config(0.1, 32, new Optimizer(Kind.SGD, 0.5));
  static final Grid<Config> GRID = Grid.of(BASE);

  @Nested
  class AllCombinations {
    @Test
    void changeTheLastComponentFastest() {
      assertThat(GRID.over("hidden", 16, 64).over("learningRate", 0.1, 1).configs())
          .containsExactly(
              new Config(0.1, 16, BASE.optimizer()),
              new Config(1, 16, BASE.optimizer()),
              new Config(0.1, 64, BASE.optimizer()),
              new Config(1, 64, BASE.optimizer()));
    }

    @Test
    void ofNothingAreTheBase() {
      assertThat(GRID.configs()).containsExactly(BASE);
      assertThat(GRID.base()).isEqualTo(BASE);
    }

    @Test
    void reachComponentsOfComponents() {
      assertThat(GRID.over("optimizer.kind", Kind.ADAM, Kind.SGD).configs())
          .extracting(config -> config.optimizer().kind())
          .containsExactly(Kind.ADAM, Kind.SGD);
    }

    record Scheduled(@Nullable String schedule, int epochs) {}

    @Test
    void mayHoldNull() {
      assertThat(Grid.of(new Scheduled("cosine", 3))
              .over("schedule", "cosine", null)
              .configs())
          .containsExactly(new Scheduled("cosine", 3), new Scheduled(null, 3));
    }

    @Test
    void ofAMapAreMaps() {
      Map<String, Object> base = Map.of("a.b", 1, "c", "x");
      assertThat(Grid.of(base).over("a.b", 2, 3).configs())
          .containsExactly(Map.of("a.b", 2, "c", "x"), Map.of("a.b", 3, "c", "x"));
    }

    @Test
    void haveALimit() {
      Object[] many = new Object[1001];
      for (int i = 0; i < many.length; i++) {
        many[i] = i;
      }
      assertThatThrownBy(
              () -> GRID.over("hidden", many).over("learningRate", many).configs())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the grid has more than 1,000,000 combinations. Take some of them:"
              + " random(Seed.of(1), 100).");
    }
  }

  @Nested
  class ABadValue {
    private void refuses(Runnable action, String message) {
      assertThatThrownBy(action::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }

    @Test
    void ofAnUnknownComponentListsThoseThatAreThere() {
      refuses(
          () -> GRID.over("learningrate", 1),
          "the config has no component \"learningrate\"; it has: hidden, learningRate, optimizer.");
      refuses(
          () -> GRID.over("optimizer.momentum", 1),
          "the config has no component \"optimizer.momentum\"; it has: kind, rate.");
      refuses(
          () -> GRID.over("hidden.size", 1),
          "the config has no component \"hidden.size\": \"hidden\" has no components.");
      refuses(() -> GRID.between("nothing", 0, 1), "the config has no component \"nothing\"");
    }

    @Test
    void thatDoesNotFitNamesTheComponent() {
      refuses(() -> GRID.over("hidden", 16, 0.5), "hidden");
      refuses(() -> GRID.over("optimizer.kind", "LION"), "optimizer.kind");
    }

    @Test
    void thatIsGivenTwiceOrNotAtAll() {
      refuses(() -> GRID.over("hidden", 16, 16), "the values of hidden hold 16 twice");
      refuses(() -> GRID.over("hidden"), "the grid needs values of hidden; got none.");
      refuses(
          () -> GRID.over("hidden", 1).over("hidden", 2),
          "hidden is in the grid already, with [1]");
    }

    @Test
    void ofARangeIsNamed() {
      refuses(() -> GRID.between("learningRate", Double.NaN, 1), "got NaN to 1.0.");
      refuses(() -> GRID.between("learningRate", 1, 1), "got 1.0 to 1.0.");
      refuses(() -> GRID.logBetween("learningRate", 0, 1), "finite, above 0 and");
      refuses(() -> GRID.between("optimizer.kind", 0, 1), "a range needs a number");
      refuses(() -> GRID.between("hidden", 0.1, 0.9), "must hold whole numbers");
      refuses(
          () -> GRID.between("hidden", 0, 1e11), "config.hidden is 99999999999 in the canonical");
      refuses(
          () -> GRID.over("optimizer.kind", Kind.SGD).over("optimizer", ADAM),
          "optimizer and optimizer.kind overlap");
      refuses(
          () -> GRID.over("optimizer", ADAM).over("optimizer.kind", Kind.SGD),
          "optimizer.kind and optimizer overlap");
      refuses(() -> GRID.random(Seed.of(1), 2), "from 1 to the 1 that the grid has; got 2.");
      refuses(() -> GRID.random(Seed.of(1), 0), "got 0.");
    }
  }

  @Nested
  class RandomConfigs {
    @Test
    void ofARangeAroundOneWholeNumberAreThat() {
      assertThat(GRID.between("hidden", 1.5, 2.5).random(Seed.of(1), 1))
          .extracting(Config::hidden)
          .containsExactly(2);
    }

    final Grid<Config> wide = GRID.logBetween("learningRate", 1e-4, 1)
        .between("hidden", 1, 65)
        .over("optimizer.kind", Kind.SGD, Kind.ADAM);

    @Test
    void areTheSameForTheSameSeed() {
      List<Config> twenty = wide.random(Seed.of(1), 20);
      assertThat(wide.random(Seed.of(1), 20)).isEqualTo(twenty);
      assertThat(wide.random(Seed.of(1), 5)).isEqualTo(twenty.subList(0, 5));
      assertThat(wide.random(Seed.of(2), 20)).isNotEqualTo(twenty);
    }

    @Test
    void lieInTheirRanges() {
      List<Config> drawn = wide.random(Seed.of(3), 2000);
      assertThat(drawn).doesNotHaveDuplicates().allSatisfy(config -> {
        assertThat(config.learningRate()).isBetween(1e-4, Math.nextDown(1.0));
        assertThat(config.hidden()).isBetween(1, 64);
      });
      // Half of the logarithms lie below the middle one: 2000 draws stray by more than 4.5 sd (101)
      // once in 100,000.
      assertThat(drawn.stream().filter(config -> config.learningRate() < 1e-2).count())
          .isBetween(899L, 1101L);
      assertThat(drawn.stream().map(Config::hidden).distinct().count()).isEqualTo(64);
    }

    @Test
    void spanAsManyOrdersAsThereAre() {
      assertThat(GRID.logBetween("learningRate", 1e-300, 1e300).random(Seed.of(1), 200))
          .extracting(Config::learningRate)
          .doesNotHaveDuplicates()
          .anyMatch(rate -> rate < 1e-100)
          .anyMatch(rate -> rate > 1e100);
    }

    @Test
    void endWhereARangeHoldsNoMoreNumbers() {
      Grid<Config> narrow = GRID.between("learningRate", 1, Math.nextUp(1.0));
      assertThat(narrow.random(Seed.of(1), 1)).hasSize(1);
      assertThatThrownBy(() -> narrow.random(Seed.of(1), 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the grid seems to have no more than 1 config; got 2. Ask for fewer, or widen"
              + " its ranges.");
    }

    @Test
    void canBeAllOfAFiniteGrid() {
      Grid<Config> finite = GRID.over("hidden", 1, 2, 3).between("learningRate", 0, 1);
      assertThat(new HashSet<>(GRID.over("hidden", 1, 2, 3).random(Seed.of(1), 3)))
          .hasSize(3);
      assertThatThrownBy(finite::configs)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "the grid has no end of configs, since learningRate is between 0.0 and 1.0. Take some of"
                  + " them: random(Seed.of(1), 20).");
    }

    @Test
    void changeInOneComponentWhenAnotherIsAdded() {
      List<Double> rates = GRID.between("learningRate", 0, 1).random(Seed.of(1), 5).stream()
          .map(Config::learningRate)
          .toList();
      assertThat(GRID.over("hidden", 1, 2).between("learningRate", 0, 1).random(Seed.of(1), 5))
          .extracting(Config::learningRate)
          .isEqualTo(rates);
    }
  }
}
