package dev.stet.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Images of handwritten digits and what they show. */
final class Digits {
  static final int PIXELS = 64;
  static final int CLASSES = 10;
  private static final int TRAINING = 1400;
  private static final double BRIGHTEST = 16;

  private final double[][] images;
  private final int[] labels;

  private Digits(double[][] images, int[] labels) {
    this.images = images;
    this.labels = labels;
  }

  /** Reads all digits; pixels are scaled to [0, 1]. */
  static Digits read(Path file) throws IOException {
    List<double[]> images = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        double[] numbers =
            Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
        images.add(
            Arrays.stream(numbers, 0, PIXELS).map(pixel -> pixel / BRIGHTEST).toArray());
        labels.add((int) numbers[PIXELS]);
      }
    }
    return new Digits(
        images.toArray(double[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The first 1,400 digits of the file. */
  Digits training() {
    return slice(0, TRAINING);
  }

  /** The other 397. */
  Digits test() {
    return slice(TRAINING, size());
  }

  private Digits slice(int from, int to) {
    return new Digits(Arrays.copyOfRange(images, from, to), Arrays.copyOfRange(labels, from, to));
  }

  int size() {
    return labels.length;
  }

  double[] image(int i) {
    return images[i];
  }

  int label(int i) {
    return labels[i];
  }
}
