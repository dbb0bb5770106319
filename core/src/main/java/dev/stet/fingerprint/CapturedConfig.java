package dev.stet.fingerprint;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A config as it was when it was read: what the fingerprint holds and what the body is handed.
 *
 * <p>Immutable and safe for any number of threads.
 *
 * @param <C> the type of the config
 * @since 0.1
 */
public final class CapturedConfig<C> {
  private final ConfigReader<C> reader;
  private final CanonicalForm form;
  private final @Nullable C shared;

  CapturedConfig(ConfigReader<C> reader, CanonicalForm form, @Nullable C shared) {
    this.reader = reader;
    this.form = form;
    this.shared = shared;
  }

  /**
   * Returns the reader that read this config and reads others of its type.
   *
   * @return the reader
   */
  public ConfigReader<C> reader() {
    return reader;
  }

  /**
   * Returns the canonical form, for the facet {@link Facet#CONFIG}. Its value is a map.
   *
   * @return the form
   */
  public CanonicalForm form() {
    return form;
  }

  /**
   * Returns the settings by name, as the facet {@link Facet#CONFIG} holds them.
   *
   * @return an unmodifiable tree
   */
  @SuppressWarnings("unchecked") // a config is read as a map, whatever its type
  public Map<String, Object> tree() {
    return (Map<String, Object>) requireNonNull(form.value());
  }

  /**
   * Returns the config, to be handed to one run.
   *
   * @return the instance that was read, if nothing in it can change; otherwise a new copy at each call, in which maps
   *     and sets are in the order of the canonical form
   */
  public C value() {
    return shared != null ? shared : reader.build(form);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CapturedConfig<?> config && config.form.equals(form);
  }

  @Override
  public int hashCode() {
    return form.hashCode();
  }

  /** Returns the canonical text of the config. */
  @Override
  public String toString() {
    return form.toString();
  }
}
