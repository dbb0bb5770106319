package dev.stet.fork;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects whose classes are looked for in a loader of the reader's choice; the JDK would take the nearest one on the
 * stack, which is the library's.
 *
 * @since 0.1
 */
public final class LoadedObjects extends ObjectInputStream {
  private final @Nullable ClassLoader loader;

  private LoadedObjects(InputStream in, @Nullable ClassLoader loader) throws IOException {
    super(in);
    this.loader = loader;
  }

  /**
   * Opens a stream.
   *
   * @param in what an {@link java.io.ObjectOutputStream} wrote
   * @param loader where classes are looked for; null for that of the JDK
   * @return the stream, to be closed
   * @throws IOException if it cannot be read, or is no such stream
   */
  public static ObjectInputStream of(InputStream in, @Nullable ClassLoader loader)
      throws IOException {
    return new LoadedObjects(in, loader);
  }

  @Override
  protected Class<?> resolveClass(ObjectStreamClass type)
      throws IOException, ClassNotFoundException {
    try {
      return Class.forName(type.getName(), false, loader);
    } catch (ClassNotFoundException e) {
      // Primitive types have no class of their name.
      return super.resolveClass(type);
    }
  }
}
