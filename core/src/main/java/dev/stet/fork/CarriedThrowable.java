package dev.stet.fork;

import com.google.common.base.Throwables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A throwable on its way from one JVM to another: itself if it is serialisable, and its text for where it is not.
 *
 * @since 0.1
 */
public final class CarriedThrowable {
  /** Something that drags half a heap along is carried as text. */
  private static final int LARGEST = 16 << 20;

  private CarriedThrowable() {}

  /**
   * Writes a throwable, whatever it is.
   *
   * @param throwable what was thrown
   * @return its bytes
   */
  public static byte[] write(Throwable throwable) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writeText(out, throwable.getClass().getName());
      writeText(out, textOf(throwable));
      writeText(out, messageOf(throwable));
      writeText(out, traceOf(throwable));
      out.write(serialised(throwable));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a throwable.
   *
   * @param bytes what {@link #write} made
   * @param loader where its classes are looked for
   * @return the throwable itself, or a {@link ForeignException} that has its text
   */
  public static Throwable read(byte[] bytes, @Nullable ClassLoader loader) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String type = readText(in);
      String text = readText(in);
      String message = readText(in);
      String trace = readText(in);
      Throwable itself = deserialised(in.readAllBytes(), loader);
      return itself != null && text.equals(textOf(itself))
          ? itself
          : new ForeignException(type, text, message, trace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says whether a throwable tells of full memory, itself or by a cause.
   *
   * @param throwable what was thrown
   * @return whether an {@link OutOfMemoryError} is among its causes
   */
  public static boolean isOutOfMemory(Throwable throwable) {
    Throwable cause = throwable;
    for (int depth = 0; cause != null && depth < 100; depth++, cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private static byte[] serialised(Throwable throwable) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(throwable);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new byte[0];
    }
    return bytes.size() > LARGEST ? new byte[0] : bytes.toByteArray();
  }

  private static @Nullable Throwable deserialised(byte[] bytes, @Nullable ClassLoader loader) {
    if (bytes.length == 0) {
      return null;
    }
    try (ObjectInputStream in = LoadedObjects.of(new ByteArrayInputStream(bytes), loader)) {
      return in.readObject() instanceof Throwable throwable ? throwable : null;
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  /** A throwable's own methods are the user's code: they may throw. */
  private static String textOf(Throwable throwable) {
    try {
      return String.valueOf(throwable);
    } catch (RuntimeException e) {
      return throwable.getClass().getName();
    }
  }

  private static String messageOf(Throwable throwable) {
    try {
      String message = throwable.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      return "";
    }
  }

  private static String traceOf(Throwable throwable) {
    try {
      return Throwables.getStackTraceAsString(throwable);
    } catch (RuntimeException e) {
      return throwable.getClass().getName();
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
