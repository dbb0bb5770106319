package org.example.sources;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/** What a program takes from where it runs: sources 27 to 33. */
@SuppressWarnings("unused") // each is made by the guarded loader
final class Surroundings {
  private Surroundings() {}

  static final class Collected implements Callable<Object> {
    @Override
    public Object call() {
      WeakHashMap<Object, String> cache = new WeakHashMap<>();
      WeakReference<Object> reference = new WeakReference<>(new Object());
      cache.put(new Object(), "gone when the collector likes");
      return cache.size() + (reference.get() == null ? 0 : 1);
    }
  }

  static final class Directory implements Callable<Object> {
    @Override
    public Object call() throws IOException {
      List<String> names = new ArrayList<>();
      for (File file : new File(".").listFiles()) {
        names.add(file.getName());
      }
      try (Stream<Path> paths = Files.list(Path.of("."))) {
        paths.forEach(path -> names.add(path.toString()));
      }
      return names;
    }
  }

  static final class Processors implements Callable<Object> {
    @Override
    public Object call() {
      return Runtime.getRuntime().availableProcessors()
          + ForkJoinPool.getCommonPoolParallelism()
          + Runtime.getRuntime().maxMemory();
    }
  }

  static final class Language implements Callable<Object> {
    @Override
    @SuppressWarnings({"DefaultCharset", "StringCaseLocaleUsage", "DefaultLocale"})
    public Object call() {
      return String.format("%.1f", 0.5)
          + "title".toUpperCase()
          + "é".getBytes().length
          + Locale.getDefault()
          + ZoneId.systemDefault()
          + Charset.defaultCharset();
    }
  }

  static final class Variables implements Callable<Object> {
    @Override
    public Object call() {
      return System.getProperty("user.dir")
          + System.getenv("HOME")
          + ProcessHandle.current().pid();
    }
  }

  /** What is read from a file is not the guard's to see: declared data are in the fingerprint. */
  static final class Reading implements Callable<Object> {
    @Override
    public Object call() throws IOException {
      Path file = Files.createTempFile("stet", ".txt");
      Files.writeString(file, "version 2");
      String read = Files.readString(file);
      Files.delete(file);
      return read;
    }
  }

  static final class Reflection implements Callable<Object> {
    @Override
    public Object call() {
      List<String> names = new ArrayList<>();
      for (Method method : Surroundings.Language.class.getDeclaredMethods()) {
        names.add(method.getName());
      }
      return names;
    }
  }
}
