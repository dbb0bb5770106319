package dev.stet.guard;

import dev.stet.seeds.Seed;
import dev.stet.spi.TrialWatcher;
import java.lang.instrument.ClassFileTransformer;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Decides which classes are rewritten, rewrites them, and counts those that could not be. One for each carrier. */
final class Transformer implements ClassFileTransformer {
  private static final Set<String> OURS = ownPlaces();

  private static final Map<ClassLoader, Boolean> VISIBLE =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Rewriter rewriter;
  private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
  final AtomicInteger rewritten = new AtomicInteger();
  final AtomicInteger invisible = new AtomicInteger();
  final AtomicInteger newer = new AtomicInteger();
  final AtomicInteger failed = new AtomicInteger();

  Transformer(Rewriter.Switches switches) {
    this.rewriter = new Rewriter(switches);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    if (loader == null
        || isOfJdk(loader)
        || loader instanceof GuardedLoader
        || name == null
        || isOurs(name, place(domain))) {
      return null;
    }
    return rewrite(loader, name, bytes);
  }

  /** Rewrites a class that may be; null if it stays as it is. Never throws: a class that is left alone still runs. */
  byte @Nullable [] rewrite(ClassLoader loader, String name, byte[] bytes) {
    try {
      if (rewriter.filter().ask(bytes) != Prefilter.Answer.MAYBE) {
        return null;
      }
      if (!isVisible(loader)) {
        count(invisible, name);
        return null;
      }
      Rewriter.Rewritten result = rewriter.rewrite(bytes);
      if (result == null) {
        return null;
      }
      count(rewritten, name);
      return result.bytes();
    } catch (UnsupportedClassVersionError e) {
      count(newer, name);
      return null;
    } catch (RuntimeException | LinkageError e) {
      count(failed, name);
      return null;
    }
  }

  /** A class that is loaded twice, or rewritten again, counts once. */
  private void count(AtomicInteger counter, String name) {
    if (seen.putIfAbsent(name, true) == null) {
      counter.incrementAndGet();
    }
  }

  /** Whether classes of this loader can call us. One that cannot would fail where it is rewritten, so it is not. */
  static boolean isVisible(ClassLoader loader) {
    Boolean known = VISIBLE.get(loader);
    if (known == null) {
      known = sees(loader);
      VISIBLE.put(loader, known);
    }
    return known;
  }

  private static boolean sees(ClassLoader loader) {
    try {
      return Class.forName(GuardRuntime.class.getName(), false, loader) == GuardRuntime.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** Whether a loader loads classes of the JDK. It is not asked itself: it may be of anybody's making. */
  static boolean isOfJdk(@Nullable ClassLoader loader) {
    return loader == null || ClassLoader.getPlatformClassLoader().equals(loader);
  }

  static boolean isOurs(String name, @Nullable String place) {
    if (name.startsWith("java/") || name.startsWith("org/objectweb/asm/")) {
      return true;
    }
    return isNamedAsOurs(name) && place != null && isOurPlace(place);
  }

  /** Whether a class of this name is Stet's own, if it is in a place of Stet's. */
  static boolean isNamedAsOurs(String name) {
    return name.startsWith("dev/stet/")
        && !name.startsWith("dev/stet/examples/")
        && !name.startsWith("dev/stet/bench/");
  }

  static boolean isOurPlace(String place) {
    return OURS.contains(place) || place.matches(".*/stet-[a-z]+-[^/]*\\.jar");
  }

  static @Nullable String place(@Nullable ProtectionDomain domain) {
    CodeSource source = domain == null ? null : domain.getCodeSource();
    return source == null || source.getLocation() == null
        ? null
        : source.getLocation().toString();
  }

  private static Set<String> ownPlaces() {
    Map<String, Boolean> places = new HashMap<>();
    for (Class<?> type : new Class<?>[] {Seed.class, TrialWatcher.class, GuardRuntime.class}) {
      String place = place(type.getProtectionDomain());
      if (place != null) {
        places.put(place, true);
      }
    }
    return Set.copyOf(places.keySet());
  }
}
