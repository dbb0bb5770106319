package dev.stet.guard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The guard as a class loader: it loads user and library classes anew from where its parent finds them, and rewrites them.
 * It needs no agent and no flag. Classes of the JDK and of Stet are the parent's.
 *
 * <p>Trials are guarded from when it is made until it is closed. Classes that the parent loaded are not rewritten, and are
 * other classes than those of the same name in here.
 *
 * <p>Not seen without an agent: generators that objects in static fields hold, what is used by reflection and how often,
 * and the order of {@code Set.of}.
 *
 * <p>Safe for use by several threads.
 *
 * @since 0.1
 */
public final class GuardedLoader extends ClassLoader implements AutoCloseable {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader parent;
  private final Transformer transformer;
  private final Guard.Carrier carrier;
  private final Map<String, ProtectionDomain> domains = new ConcurrentHashMap<>();

  private GuardedLoader(GuardOptions options, ClassLoader parent) {
    super("stet-guard", parent);
    this.parent = parent;
    this.transformer = new Transformer(options.rewriting());
    this.carrier = new Guard.Carrier("class loader", options, transformer);
  }

  /**
   * Makes a loader, and begins to guard.
   *
   * @param options what the guard does
   * @param parent where classes are found; it must see Stet
   * @return the loader, to be closed
   */
  public static GuardedLoader of(GuardOptions options, ClassLoader parent) {
    GuardedLoader loader =
        new GuardedLoader(requireNonNull(options, "options"), requireNonNull(parent, "parent"));
    Guard.install(loader.carrier);
    ThreadSeed.reach();
    Probe.reach();
    return loader;
  }

  /**
   * Makes an object of the class of this name in here, and calls it. The current thread's context class loader is this one
   * meanwhile.
   *
   * @param work a class with a constructor without parameters
   * @param <T> what it returns
   * @return what it returned
   * @throws Exception what it threw
   * @throws IllegalArgumentException if the class cannot be made
   */
  @SuppressWarnings("unchecked") // the class of the same name, from the same file
  public <T> T call(Class<? extends Callable<T>> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      return ((Callable<T>) made(loadClass(work.getName()))).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Object made(Class<?> type) throws Exception {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          type.getName()
              + " cannot be made in the guarded loader. Give a class, not abstract and not an inner one,"
              + " with a constructor without parameters.",
          e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Ends the guarding by this loader. Its classes go on to work; trials do not look at them any more. */
  @Override
  public void close() {
    Guard.remove(carrier);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return parent.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = fresh(name);
      }
      if (loaded == null) {
        return parent.loadClass(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  /** The class, defined here; null if it is the parent's to define. */
  private @Nullable Class<?> fresh(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/');
    URL url = parent.getResource(path + ".class");
    if (url == null || url.getProtocol().equals("jrt")) {
      return null;
    }
    String place = place(url, path);
    boolean adapter = isAdapter(name);
    if (!adapter && Transformer.isOurs(path, place)) {
      return null;
    }
    try {
      URLConnection connection = url.openConnection();
      byte[] bytes;
      try (InputStream in = connection.getInputStream()) {
        bytes = in.readAllBytes();
      }
      byte[] rewritten = adapter ? null : transformer.rewrite(this, path, bytes);
      byte[] defined = rewritten == null ? bytes : rewritten;
      pack(name, connection);
      return defineClass(name, defined, 0, defined.length, domain(place));
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Adapters are of the library that they adapt to, such as JUnit, and that is loaded here. */
  private static boolean isAdapter(String name) {
    return name.startsWith("dev.stet.random.") || name.startsWith("dev.stet.junit.");
  }

  private static String place(URL url, String path) {
    String text = url.toString();
    int end = text.lastIndexOf(path);
    String root = end < 0 ? text : text.substring(0, end);
    return root.startsWith("jar:") && root.contains("!/")
        ? root.substring(4, root.indexOf("!/"))
        : root;
  }

  private ProtectionDomain domain(String place) {
    ProtectionDomain known = domains.get(place);
    if (known != null) {
      return known;
    }
    CodeSource source = null;
    try {
      source = new CodeSource(new URL(place), (Certificate[]) null);
    } catch (MalformedURLException e) {
      // A place without a name: the class has no source then, as with any loader.
    }
    ProtectionDomain made = new ProtectionDomain(source, null, this, null);
    ProtectionDomain first = domains.putIfAbsent(place, made);
    return first == null ? made : first;
  }

  private void pack(String name, URLConnection connection) throws IOException {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && getDefinedPackage(name.substring(0, dot)) == null) {
      Manifest manifest = connection instanceof JarURLConnection jar ? jar.getManifest() : null;
      Attributes of = manifest == null ? new Attributes() : manifest.getMainAttributes();
      try {
        definePackage(
            name.substring(0, dot),
            of.getValue(Attributes.Name.SPECIFICATION_TITLE),
            of.getValue(Attributes.Name.SPECIFICATION_VERSION),
            of.getValue(Attributes.Name.SPECIFICATION_VENDOR),
            of.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
            of.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
            of.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
            null);
      } catch (IllegalArgumentException e) {
        // Another thread was first.
      }
    }
  }
}
