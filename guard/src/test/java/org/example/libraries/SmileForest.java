package org.example.libraries;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import smile.classification.RandomForest;
import smile.clustering.KMeans;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.IntVector;

/** A random forest, which grows its trees in a parallel stream, and k-means. */
final class SmileForest implements Library {
  @Override
  public String name() {
    return "smile";
  }

  @Override
  public double[] run() {
    double[][] points = Library.points(200, 6);
    int[] classes = new int[points.length];
    Arrays.setAll(classes, i -> i % 2);
    DataFrame data =
        DataFrame.of(points, "a", "b", "c", "d", "e", "f").merge(IntVector.of("class", classes));
    RandomForest forest = RandomForest.fit(Formula.lhs("class"), data);
    KMeans means = KMeans.fit(points, 6);
    return DoubleStream.concat(
            Arrays.stream(forest.importance()),
            Arrays.stream(means.centroids).flatMapToDouble(Arrays::stream))
        .toArray();
  }
}
