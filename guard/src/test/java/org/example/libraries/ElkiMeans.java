package org.example.libraries;

import elki.clustering.kmeans.LloydKMeans;
import elki.clustering.kmeans.initialization.RandomlyChosen;
import elki.data.NumberVector;
import elki.data.type.TypeUtil;
import elki.database.Database;
import elki.database.StaticArrayDatabase;
import elki.database.relation.Relation;
import elki.datasource.ArrayAdapterDatabaseConnection;
import elki.distance.minkowski.SquaredEuclideanDistance;
import elki.utilities.random.RandomFactory;
import java.util.Arrays;

/** K-means from randomly chosen points, with the library's default generator. */
final class ElkiMeans implements Library {
  @Override
  public String name() {
    return "elki";
  }

  @Override
  public double[] run() {
    Database database =
        new StaticArrayDatabase(new ArrayAdapterDatabaseConnection(Library.points(120, 3)), null);
    database.initialize();
    Relation<NumberVector> points = database.getRelation(TypeUtil.NUMBER_VECTOR_FIELD);
    var means = new LloydKMeans<NumberVector>(
        SquaredEuclideanDistance.STATIC, 9, 3, new RandomlyChosen<>(RandomFactory.DEFAULT));
    return means.run(points).getAllClusters().stream()
        .flatMapToDouble(cluster -> Arrays.stream(cluster.getModel().getMean()))
        .toArray();
  }
}
