package dev.stet.fingerprint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Configs of every kind for the tests. */
final class Configs {
  /** Double.toString prints it as 1.9999999999999998E23 before JDK 19. */
  static final double TWO_E23 = Double.parseDouble("2e23");

  private Configs() {}

  enum Activation {
    RELU,
    TANH {
      @Override
      public String toString() {
        return "never in a digest";
      }
    }
  }

  record Layer(String name, int size, Activation activation) {}

  record Plain(double learningRate, int hidden, int epochs) {}

  @SuppressWarnings("ArrayRecordComponent") // users write such records
  record Rich(
      double rate,
      float decay,
      long steps,
      String name,
      Activation activation,
      Optional<String> note,
      Duration limit,
      List<Layer> layers,
      Map<String, Layer> named,
      Map<Activation, Integer> counts,
      SortedSet<Integer> milestones,
      int[] widths,
      double[][] grid,
      byte[] mask,
      char separator,
      BigInteger big,
      BigDecimal exact) {}

  sealed interface Optimizer permits Sgd, Adam {}

  record Sgd(double momentum) implements Optimizer {}

  record Adam(double beta) implements Optimizer {}

  record WithOptimizer(Optimizer optimizer, List<Optimizer> others) {}

  record Box<T>(T value) {}

  record Boxed(Box<List<Layer>> layers) {}

  record Anything(Object value) {}

  record Strict(int size) {
    Strict {
      if (size < 0) {
        throw new IllegalStateException("size is negative");
      }
    }
  }

  record Halving(double rate) {
    Halving(double rate) {
      this.rate = rate / 2;
    }
  }

  static class Bean {
    private double rate = 0.1;
    private List<Layer> layers = List.of();
    private int hiddenState;

    double rate() {
      return rate;
    }

    void rate(double value) {
      rate = value;
    }

    void layers(List<Layer> value) {
      layers = value;
    }

    List<Layer> layers() {
      return layers;
    }

    void touch() {
      hiddenState++;
    }

    int touched() {
      return hiddenState;
    }
  }

  static class FinalField {
    final int size = Integer.getInteger("no.such.property", 3);
  }

  static class Circle {
    Object next = "open";
  }
}
