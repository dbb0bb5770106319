package dev.stet.junit.demo;

/** What the demo shows, for tests of the page that shows it. */
public final class Demos {
  /** A test as a user would write it. */
  public static final Class<?> MEAN_BY_SGD = MeanBySgdTest.class;

  /** Two tests that fail. */
  public static final Class<?> BROKEN = Broken.class;

  private Demos() {}
}
