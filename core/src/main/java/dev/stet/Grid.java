package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.ConfigReader;
import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Configs that differ from a base in named components: every combination, or some drawn at random.
 *
 * <pre>{@code
 * Grid<Config> grid = Grid.of(new Config(0.1, 32, 20))
 *     .over("hidden", 16, 32, 64)
 *     .over("learningRate", 0.01, 0.1);
 * Sweep<Config> sweep = DIGITS.study(grid.base()).seeds(Seed.of(7), 5).sweep(grid.configs()); // 6 configs
 *
 * Grid<Config> wide = Grid.of(new Config(0.1, 32, 20)).logBetween("learningRate", 1e-4, 1);
 * List<Config> some = wide.random(Seed.of(1), 20); // the first 20 of any longer list
 * }</pre>
 *
 * <p>Components are named as the config names them; {@code optimizer.rate} is a component of a component. Values are
 * checked when they are given: they must fit the type of the component.
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @param <C> the type of the config: a record, a bean or a map
 * @since 0.1
 */
public final class Grid<C> {
  private static final int MOST_CONFIGS = 1_000_000;

  /** Doubles between two neighbours run out, and no count of them is kept. */
  private static final int PATIENCE = 1000;

  private final ConfigReader<C> reader;
  private final CanonicalForm base;
  private final Map<String, Axis> axes;

  private Grid(ConfigReader<C> reader, CanonicalForm base, Map<String, Axis> axes) {
    this.reader = reader;
    this.base = base;
    this.axes = axes;
  }

  /**
   * Returns a grid of one config.
   *
   * @param base the config that every other one is a copy of
   * @param <C> the type of the config
   * @return the grid, to be widened with {@link #over} and the others
   * @throws IllegalArgumentException if the config cannot be read; the message names the field
   */
  public static <C> Grid<C> of(C base) {
    ConfigReader<C> reader = readerOf(requireNonNull(base, "base"));
    return new Grid<>(reader, reader.read(base).form(), Map.of());
  }

  @SuppressWarnings("unchecked") // a config is of its own class, and a map config is a map by name
  private static <C> ConfigReader<C> readerOf(C base) {
    return base instanceof Map
        ? (ConfigReader<C>) ConfigReader.ofMap()
        : (ConfigReader<C>) ConfigReader.of(base.getClass());
  }

  /**
   * Returns the config that every other one is a copy of.
   *
   * @return the base, as it was given
   */
  public C base() {
    return reader.readBack(base).value();
  }

  /**
   * Returns a grid in which a component takes each of these values in turn.
   *
   * @param component its name in the config
   * @param values one value or more, each once
   * @return the wider grid
   * @throws IllegalArgumentException if the config has no such component, and the message lists those it has; if it is
   *     in the grid already; if a value does not fit it, occurs twice, or there is none
   */
  public Grid<C> over(String component, @Nullable Object... values) {
    List<Object> list = Arrays.asList(values.clone());
    Set<String> once = new LinkedHashSet<>();
    for (Object value : list) {
      if (!once.add(CanonicalForm.of(value, component).digest())) {
        throw new IllegalArgumentException("the values of " + component + " hold " + value
            + " twice; two studies of one config are one. Name each value once.");
      }
    }
    if (list.isEmpty()) {
      throw new IllegalArgumentException(
          "the grid needs values of " + component + "; got none. Give at least one.");
    }
    // A component may be null, and such maps hold it.
    list.forEach(value -> config(Collections.singletonMap(component, value)));
    return with(component, new Axis.Values(list));
  }

  /**
   * Returns a grid in which a component is drawn evenly from a range. Such a grid has no end of configs: only
   * {@link #random} takes some.
   *
   * @param component its name in the config; a number
   * @param low the least value
   * @param high what every value is below; for a component of a whole type, the values are rounded down
   * @return the wider grid
   * @throws IllegalArgumentException if the config has no such component, or the range is empty or not finite
   */
  public Grid<C> between(String component, double low, double high) {
    return range(component, new Axis.Range(component, low, high, false));
  }

  /**
   * Returns a grid in which the logarithm of a component is drawn evenly from a range, as learning rates are.
   *
   * @param component its name in the config; a number
   * @param low the least value, above 0
   * @param high what every value is below
   * @return the wider grid
   * @throws IllegalArgumentException if the config has no such component, or the range is empty, not finite or not above
   *     0
   */
  public Grid<C> logBetween(String component, double low, double high) {
    return range(component, new Axis.Range(component, low, high, true));
  }

  private Grid<C> range(String component, Axis.Range range) {
    Object now = ConfigTree.value(base, component);
    if (!(now instanceof Number)) {
      throw new IllegalArgumentException("a range needs a number; " + component + " is " + now
          + " in the base. Give its values with over(\"" + component + "\", ...).");
    }
    if (now instanceof Double) {
      return with(component, range);
    }
    Axis.Range whole = range.whole();
    whole.ends().forEach(end -> config(Map.of(component, end)));
    return with(component, whole);
  }

  private Grid<C> with(String component, Axis axis) {
    ConfigTree.value(base, component);
    if (axes.containsKey(component)) {
      throw new IllegalArgumentException(component + " is in the grid already, with "
          + axes.get(component) + ". Name each component once.");
    }
    for (String other : axes.keySet()) {
      if (component.startsWith(other + ".") || other.startsWith(component + ".")) {
        throw new IllegalArgumentException(component + " and " + other
            + " overlap: one replaces what the other sets. Vary the whole or its parts.");
      }
    }
    Map<String, Axis> more = new LinkedHashMap<>(axes);
    more.put(component, axis);
    return new Grid<>(reader, base, more);
  }

  /**
   * Returns every combination, the last component changing fastest.
   *
   * @return an unmodifiable list of configs
   * @throws IllegalStateException if a component has a range, or there are more than 1,000,000 combinations
   */
  public List<C> configs() {
    List<Map<String, Object>> rows = List.of(Map.of());
    for (Map.Entry<String, Axis> axis : axes.entrySet()) {
      List<Object> values = axis.getValue().all(axis.getKey());
      if ((long) rows.size() * values.size() > MOST_CONFIGS) {
        throw new IllegalStateException("the grid has more than "
            + Words.number(MOST_CONFIGS)
            + " combinations. Take some of them: random(Seed.of(1), 100).");
      }
      rows = crossed(rows, axis.getKey(), values);
    }
    return rows.stream().map(this::config).toList();
  }

  private static List<Map<String, Object>> crossed(
      List<Map<String, Object>> rows, String component, List<Object> values) {
    List<Map<String, Object>> more = new ArrayList<>(rows.size() * values.size());
    for (Map<String, Object> row : rows) {
      for (Object value : values) {
        Map<String, Object> longer = new LinkedHashMap<>(row);
        longer.put(component, value);
        more.add(longer);
      }
    }
    return more;
  }

  /**
   * Returns configs drawn at random, each once. The same seed gives the same configs, and the first of them stay the
   * same when n grows.
   *
   * @param seed what they are drawn by; not one of the study's
   * @param n how many, at least 1
   * @return an unmodifiable list of different configs
   * @throws IllegalArgumentException if n is not positive, or more than the grid has
   */
  public List<C> random(Seed seed, int n) {
    requireNonNull(seed, "seed");
    if (n < 1 || n > size()) {
      throw new IllegalArgumentException("the number of configs must be from 1 to the "
          + Words.number(size()) + " that the grid has; got " + n + ".");
    }
    Set<String> seen = new LinkedHashSet<>();
    List<C> configs = new ArrayList<>(n);
    long inVain = 0;
    for (long draw = 0; configs.size() < n; draw++) {
      CanonicalForm form = form(drawn(seed.child(draw)));
      if (seen.add(form.digest())) {
        configs.add(reader.readBack(form).value());
        inVain = 0;
      } else if (++inVain > PATIENCE * (n + 100L)) {
        throw new IllegalArgumentException("the grid seems to have no more than "
            + Words.count(configs.size(), "config") + "; got " + n
            + ". Ask for fewer, or widen its ranges.");
      }
    }
    return List.copyOf(configs);
  }

  private long size() {
    long size = 1;
    for (Axis axis : axes.values()) {
      long values = axis.size();
      size = size > Long.MAX_VALUE / values ? Long.MAX_VALUE : size * values;
    }
    return size;
  }

  /** Each component has a stream of its own, so that one more changes nothing in the others. */
  private Map<String, Object> drawn(Seed seed) {
    Map<String, Object> row = new LinkedHashMap<>();
    axes.forEach((component, axis) -> {
      RandomStream stream = seed.child(component).stream();
      row.put(component, axis.drawn(stream));
    });
    return row;
  }

  private C config(Map<String, Object> row) {
    return reader.readBack(form(row)).value();
  }

  private CanonicalForm form(Map<String, Object> row) {
    return ConfigTree.with(base, row);
  }

  @Override
  public String toString() {
    return "grid over " + (axes.isEmpty() ? "nothing" : axes.toString());
  }
}
