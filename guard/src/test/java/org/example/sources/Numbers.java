package org.example.sources;

import java.util.concurrent.Callable;

/** Numbers whose last bits are the machine's: sources 21 to 26. */
@SuppressWarnings("unused") // each is made by the guarded loader
final class Numbers {
  private Numbers() {}

  static final class Exponentials implements Callable<Object> {
    @Override
    public Object call() {
      double sum = 0;
      for (int i = 1; i < 500; i++) {
        sum += Math.exp(i / 300.0) + Math.log(i) + Math.sin(i);
      }
      return sum;
    }
  }

  static final class Tangents implements Callable<Object> {
    @Override
    public Object call() {
      double sum = 0;
      for (int i = 1; i < 500; i++) {
        sum += Math.tanh(i / 300.0) + Math.cbrt(i);
      }
      return sum;
    }
  }

  static final class Fused implements Callable<Object> {
    @Override
    public Object call() {
      return Math.fma(0.1, 0.2, 0.3) + 0.1 * 0.2;
    }
  }

  /** A library for linear algebra that is not there. */
  static final class NativeAlgebra implements Callable<Object> {
    @Override
    public Object call() {
      try {
        System.loadLibrary("stet-absent-blas");
        return "native";
      } catch (UnsatisfiedLinkError e) {
        return "java";
      }
    }
  }

  /** A library for a graphics processor that is not there. */
  static final class Accelerator implements Callable<Object> {
    @Override
    public Object call() {
      try {
        Runtime.getRuntime().loadLibrary("stet-absent-gpu");
        return "gpu";
      } catch (UnsatisfiedLinkError e) {
        return "cpu";
      }
    }
  }
}
