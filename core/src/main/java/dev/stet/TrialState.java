package dev.stet;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.google.common.primitives.Primitives;
import dev.stet.fork.LoadedObjects;
import dev.stet.ledger.Checkpoint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * The state of a body in bytes: bytes as they are, what is serialisable by Java, anything else by Jackson from its
 * fields.
 */
final class TrialState {
  private static final String BYTES = "bytes";
  private static final String JAVA = "java ";
  private static final String JSON = "json ";

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .changeDefaultVisibility(visible -> visible
          .withFieldVisibility(Visibility.ANY)
          .withGetterVisibility(Visibility.NONE)
          .withIsGetterVisibility(Visibility.NONE)
          .withSetterVisibility(Visibility.NONE))
      .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
      .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
      .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .build();

  /** Writes the class of each value that is declared as an object and is not of the class a reader would make. */
  private static final ObjectMapper TYPED = MAPPER
      .rebuild()
      .activateDefaultTyping(
          BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
          DefaultTyping.JAVA_LANG_OBJECT)
      .build();

  /** Classes of which one state came back from its text as it was, and all others do, since they hold the same classes. */
  private static final Set<Class<?>> COME_BACK = ConcurrentHashMap.newKeySet();

  private TrialState() {}

  static String form(Object state) {
    if (state instanceof byte[]) {
      return BYTES;
    }
    return (state instanceof Serializable ? JAVA : JSON) + state.getClass().getName();
  }

  static Checkpoint.Content content(Object state) {
    if (state instanceof byte[] bytes) {
      return out -> out.write(bytes);
    }
    return state instanceof Serializable
        ? out -> writeJava(state, out)
        : out -> writeJson(state, out);
  }

  private static void writeJava(Object state, OutputStream to) throws IOException {
    try {
      ObjectOutputStream out = new ObjectOutputStream(to);
      out.writeObject(state);
      out.flush();
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "the state cannot be saved: " + Unserialisable.in(state, String.valueOf(e.getMessage()))
              + " is not serialisable. Let its class implement java.io.Serializable, mark the field transient and make"
              + " it again after restore, or save bytes.",
          e);
    }
  }

  private static void writeJson(Object state, OutputStream to) throws IOException {
    try {
      if (!COME_BACK.contains(state.getClass())) {
        requireComesBack(state);
        if (holdsWhatItDeclares(state.getClass(), new HashSet<>())) {
          COME_BACK.add(state.getClass());
        }
      }
      OutputStream out = new BufferedOutputStream(to);
      MAPPER.writeValue(out, state);
      out.flush();
    } catch (JacksonException e) {
      throw unwritable(state, e);
    }
  }

  /** Whether no value of this class can hold another class than its fields declare, which its text would not tell. */
  private static boolean holdsWhatItDeclares(Class<?> type, Set<Class<?>> seen) {
    for (Class<?> part = type; part != null && part != Object.class; part = part.getSuperclass()) {
      for (Field field : part.getDeclaredFields()) {
        boolean written = (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
        if (written && !isAsDeclared(field.getType(), seen)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isAsDeclared(Class<?> type, Set<Class<?>> seen) {
    if (type.isArray()) {
      return isAsDeclared(type.getComponentType(), seen);
    }
    if (type.isPrimitive()
        || type.isEnum()
        || type == String.class
        || Primitives.isWrapperType(type)) {
      return true;
    }
    return Modifier.isFinal(type.getModifiers())
        && !type.getName().startsWith("java.")
        && (!seen.add(type) || holdsWhatItDeclares(type, seen));
  }

  /** A state that is first found not to come back when a night's work hangs on it is found too late. */
  private static void requireComesBack(Object state) {
    Object again = MAPPER.readValue(MAPPER.writeValueAsBytes(state), state.getClass());
    if (!Arrays.equals(TYPED.writeValueAsBytes(state), TYPED.writeValueAsBytes(again))) {
      throw new IllegalArgumentException(
          "the state cannot be saved: " + state.getClass().getName()
              + " written as JSON and read back is another. Let it implement java.io.Serializable, or save bytes.");
    }
  }

  private static IllegalArgumentException unwritable(Object state, JacksonException e) {
    String place = e instanceof DatabindException bound && !bound.getPath().isEmpty()
        ? " at " + bound.getPathReference()
        : "";
    return new IllegalArgumentException(
        "the state cannot be saved: " + state.getClass().getName() + place + ": "
            + e.getOriginalMessage()
            + ". Let it implement java.io.Serializable, be a record of plain values, or save bytes.",
        e);
  }

  static <S> S read(Checkpoint checkpoint, Class<S> type) throws IOException {
    String form = checkpoint.form();
    try (InputStream in = checkpoint.state()) {
      if (form.equals(BYTES)) {
        return cast(in.readAllBytes(), type, checkpoint);
      }
      if (form.startsWith(JAVA)) {
        return cast(readJava(in, type.getClassLoader()), type, checkpoint);
      }
      if (!form.equals(JSON + type.getName())) {
        throw another(type, checkpoint, null);
      }
      return MAPPER.readValue(in, type);
    } catch (ClassNotFoundException | InvalidClassException | JacksonException e) {
      throw another(type, checkpoint, e);
    }
  }

  private static Object readJava(InputStream from, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = LoadedObjects.of(from, loader)) {
      return in.readObject();
    }
  }

  private static <S> S cast(Object state, Class<S> type, Checkpoint checkpoint) {
    if (!type.isInstance(state)) {
      throw another(type, checkpoint, null);
    }
    return type.cast(state);
  }

  private static IllegalStateException another(
      Class<?> type, Checkpoint checkpoint, @Nullable Exception cause) {
    return new IllegalStateException(
        "the " + checkpoint + " holds a state written as \"" + checkpoint.form()
            + "\", which does not come back as " + type.getTypeName()
            + (cause == null ? "" : ": " + cause.getMessage())
            + ". Ask trial.restore for the class that was given to trial.checkpoint.",
        cause);
  }
}
