package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import com.google.common.reflect.TypeToken;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads configs of one type, and makes them again.
 *
 * <p>A config is a record, a sealed interface of records, a bean (a class with a constructor without arguments, no
 * final fields, all its state in fields that are not transient) or a map. What the fingerprint reads is what the body
 * is handed: {@link #read} refuses a config that would not come back equal from its canonical form.
 *
 * <pre>{@code
 * ConfigReader<Config> reader = ConfigReader.of(Config.class);
 * CapturedConfig<Config> config = reader.read(new Config(0.1, 32, 20));
 * config.form().digest();
 * }</pre>
 *
 * <p>In a named module the package of the config's class must be open to Stet; the message prints the line. Immutable
 * and safe for any number of threads. Serialisable for a JVM of the same program, and not to be kept.
 *
 * @param <C> the type of the configs
 * @since 0.1
 */
public final class ConfigReader<C> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Place ROOT = Place.root("config");

  /** The type of the configs. */
  private final TypeToken<C> type;

  private ConfigReader(TypeToken<C> type) {
    this.type = type;
  }

  /**
   * Returns a reader of records, sealed records or beans.
   *
   * @param type the class of the configs
   * @param <C> the type of the configs
   * @return the reader
   * @throws IllegalArgumentException if the class is something else
   */
  public static <C> ConfigReader<C> of(Class<C> type) {
    requireNonNull(type, "type");
    TypeToken<C> token = TypeToken.of(type);
    if (!Variants.isOpen(token)) {
      Shape shape = Shape.of(type);
      if (shape == null) {
        throw new IllegalArgumentException(
            "A config must be a record, a sealed interface of records, a bean or a map;" + " got "
                + type.getName() + ". Write record Config(...) {}, or use a map.");
      }
      shape.requireUsable(ROOT);
    }
    return new ConfigReader<>(token);
  }

  /**
   * Returns a reader of maps from names to values.
   *
   * <p>The body is handed a map in the order of its keys. Values keep their types: strings, booleans, numbers, lists
   * and maps of them.
   *
   * @return the reader
   */
  public static ConfigReader<Map<String, Object>> ofMap() {
    return new ConfigReader<>(new TypeToken<Map<String, Object>>() {});
  }

  /**
   * Reads a config.
   *
   * @param config the config; later changes to it reach nobody
   * @return what was read
   * @throws NullPointerException if the config is null
   * @throws IllegalArgumentException if it cannot be made canonical, or would not be equal when read back; the message
   *     names the field
   */
  public CapturedConfig<C> read(C config) {
    requireNonNull(
        config,
        "config must not be null. Give the settings of the experiment, such as new Config(...).");
    CanonicalForm form = CanonicalForm.ofTree(new ValueReader().read(config, type, ROOT));
    C back = build(form);
    ReadBack.requireEqual(config, back, ROOT);
    return new CapturedConfig<>(this, form, ReadBack.isImmutable(config) ? config : null);
  }

  /**
   * Makes a config again from its form, in this process or another.
   *
   * @param form what {@link CapturedConfig#form()} gave, perhaps written and parsed since
   * @return the config
   * @throws IllegalArgumentException if the form does not fit the type; the message names the field
   */
  public CapturedConfig<C> readBack(CanonicalForm form) {
    return read(build(requireNonNull(form, "form")));
  }

  @SuppressWarnings("unchecked") // the builder makes what the token says
  C build(CanonicalForm form) {
    @Nullable Object built = ValueBuilder.build(form.value(), type, ROOT);
    return (C) requireNonNull(built, "config");
  }

  @Override
  public String toString() {
    return "configs of " + type;
  }
}
