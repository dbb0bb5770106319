package dev.stet.fingerprint;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A type of the JDK whose values have one standard text, from which they can be read back. */
record TextType<T>(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
  // toString of these types is specified (ISO 8601, RFC 3986, RFC 4122) and the same on every JDK.
  private static final List<TextType<?>> ALL = List.of(
      new TextType<>(String.class, text -> text, text -> text),
      new TextType<>(Character.class, c -> Character.toString(c), TextType::character),
      new TextType<>(Duration.class, Duration::toString, Duration::parse),
      new TextType<>(Period.class, Period::toString, Period::parse),
      new TextType<>(Instant.class, Instant::toString, Instant::parse),
      new TextType<>(LocalDate.class, LocalDate::toString, LocalDate::parse),
      new TextType<>(LocalTime.class, LocalTime::toString, LocalTime::parse),
      new TextType<>(LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse),
      new TextType<>(OffsetTime.class, OffsetTime::toString, OffsetTime::parse),
      new TextType<>(OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse),
      new TextType<>(ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse),
      new TextType<>(Year.class, Year::toString, text -> Year.of(Integer.parseInt(text))),
      new TextType<>(YearMonth.class, YearMonth::toString, YearMonth::parse),
      new TextType<>(MonthDay.class, MonthDay::toString, MonthDay::parse),
      new TextType<>(ZoneId.class, ZoneId::getId, ZoneId::of),
      new TextType<>(UUID.class, UUID::toString, UUID::fromString),
      new TextType<>(URI.class, URI::toString, URI::create),
      new TextType<>(Locale.class, Locale::toLanguageTag, Locale::forLanguageTag),
      new TextType<>(Charset.class, Charset::name, Charset::forName),
      new TextType<>(Path.class, Path::toString, Path::of));

  /** The text of a value, or null if it is of no such type. */
  static @Nullable String write(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    TextType<?> text = ofValue(value);
    return text == null ? null : text.writeAny(value);
  }

  /** The type of a value, or null if it is of no such type; its own class may be the JDK's private affair. */
  static @Nullable TextType<?> ofValue(Object value) {
    for (TextType<?> text : ALL) {
      if (text.type.isInstance(value)) {
        return text;
      }
    }
    return null;
  }

  /** The text of a map's key, or null if it has none. */
  static @Nullable String writeKey(Object key) {
    return key instanceof Integer || key instanceof Long || key instanceof Boolean
        ? key.toString()
        : write(key);
  }

  String writeAny(Object value) {
    return writer.apply(type.cast(value));
  }

  /** Whether values of a declared type are texts. */
  static @Nullable TextType<?> of(Class<?> declared) {
    for (TextType<?> text : ALL) {
      // A ZoneOffset is a ZoneId, and its id reads back as one.
      if (text.type == declared
          || (text.type == ZoneId.class && ZoneId.class.isAssignableFrom(declared))) {
        return text;
      }
    }
    return null;
  }

  private static Character character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("not one character");
    }
    return text.charAt(0);
  }
}
