package dev.stet.examples;

import dev.stet.seeds.RandomStream;
import java.util.Arrays;
import java.util.stream.Stream;

/** A multilayer perceptron: one hidden layer of rectifiers, a softmax, plain stochastic gradient descent. */
final class Mlp {
  private final double[][] hidden;
  private final double[][] output;
  private final double[] activations;
  private final double[] probabilities = new double[Digits.CLASSES];

  Mlp(int hiddenUnits, RandomStream random) {
    hidden = layer(hiddenUnits, Digits.PIXELS, random);
    output = layer(Digits.CLASSES, hiddenUnits, random);
    activations = new double[hiddenUnits];
  }

  /** A row of weights for each unit, its bias last; He initialisation. */
  private static double[][] layer(int units, int inputs, RandomStream random) {
    double[][] weights = new double[units][inputs + 1];
    double scale = Math.sqrt(2.0 / inputs);
    for (double[] row : weights) {
      for (int i = 0; i < inputs; i++) {
        row[i] = scale * random.nextGaussian();
      }
    }
    return weights;
  }

  /** Learns from every digit once, in the given order, and returns the mean cross-entropy met on the way. */
  double trainEpoch(Digits digits, int[] order, double learningRate) {
    double loss = 0;
    for (int i : order) {
      loss += learn(digits.image(i), digits.label(i), learningRate);
    }
    return loss / order.length;
  }

  private double learn(double[] image, int label, double learningRate) {
    forward(image);
    double loss = -StrictMath.log(Math.max(probabilities[label], 1e-300));
    double[] hiddenError = new double[hidden.length];
    for (int k = 0; k < output.length; k++) {
      double error = probabilities[k] - (k == label ? 1 : 0);
      for (int j = 0; j < hiddenError.length; j++) {
        hiddenError[j] += error * output[k][j];
      }
      descend(output[k], activations, learningRate * error);
    }
    for (int j = 0; j < hidden.length; j++) {
      if (activations[j] > 0) {
        descend(hidden[j], image, learningRate * hiddenError[j]);
      }
    }
    return loss;
  }

  private static void descend(double[] weights, double[] inputs, double step) {
    for (int i = 0; i < inputs.length; i++) {
      weights[i] -= step * inputs[i];
    }
    weights[inputs.length] -= step;
  }

  /** StrictMath, so that the same seed gives the same bits on every machine. */
  private void forward(double[] image) {
    for (int j = 0; j < hidden.length; j++) {
      activations[j] = Math.max(0, weighted(hidden[j], image));
    }
    for (int k = 0; k < output.length; k++) {
      probabilities[k] = weighted(output[k], activations);
    }
    double largest = Arrays.stream(probabilities).max().orElseThrow();
    double sum = 0;
    for (int k = 0; k < output.length; k++) {
      probabilities[k] = StrictMath.exp(probabilities[k] - largest);
      sum += probabilities[k];
    }
    for (int k = 0; k < output.length; k++) {
      probabilities[k] /= sum;
    }
  }

  private static double weighted(double[] weights, double[] inputs) {
    double sum = weights[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      sum += weights[i] * inputs[i];
    }
    return sum;
  }

  /** The share of digits whose likeliest class is the right one. */
  double accuracy(Digits digits) {
    int right = 0;
    for (int i = 0; i < digits.size(); i++) {
      right += classify(digits.image(i)) == digits.label(i) ? 1 : 0;
    }
    return right / (double) digits.size();
  }

  private int classify(double[] image) {
    forward(image);
    int likeliest = 0;
    for (int k = 1; k < probabilities.length; k++) {
      likeliest = probabilities[k] > probabilities[likeliest] ? k : likeliest;
    }
    return likeliest;
  }

  double[][] weights() {
    return Stream.concat(Arrays.stream(hidden), Arrays.stream(output)).toArray(double[][]::new);
  }
}
