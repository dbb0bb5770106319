package dev.stet.junit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Defines one class anew, from a copy in another folder, and takes all others from where they are. */
final class CopiedClass extends URLClassLoader {
  private final String name;

  CopiedClass(Path classes, Class<?> type) throws IOException {
    super(new URL[] {classes.toUri().toURL()}, type.getClassLoader());
    name = type.getName();
    String resource = name.replace('.', '/') + ".class";
    Path target = classes.resolve(resource);
    Files.createDirectories(target.getParent());
    try (InputStream in = type.getClassLoader().getResourceAsStream(resource)) {
      Files.copy(in, target);
    }
  }

  @Override
  protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
    if (!wanted.equals(name)) {
      return super.loadClass(wanted, resolve);
    }
    Class<?> known = findLoadedClass(wanted);
    return known == null ? findClass(wanted) : known;
  }
}
