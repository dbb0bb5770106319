package org.example.libraries;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;

/** Clusters around centres that are chosen at random. */
final class CommonsClusters implements Library {
  @Override
  public String name() {
    return "commons-clusters";
  }

  @Override
  public double[] run() {
    List<DoublePoint> points =
        Stream.of(Library.points(120, 3)).map(DoublePoint::new).toList();
    List<CentroidCluster<DoublePoint>> clusters =
        new KMeansPlusPlusClusterer<DoublePoint>(9, 3).cluster(points);
    return clusters.stream()
        .flatMapToDouble(cluster -> Arrays.stream(cluster.getCenter().getPoint()))
        .toArray();
  }
}
