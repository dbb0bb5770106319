package org.example.libraries;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import weka.classifiers.bayes.BayesNet;
import weka.classifiers.bayes.net.search.local.K2;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instances;

/** A Bayesian network whose structure is searched in a random order. */
final class WekaBayes implements Library {
  private static final int COLUMNS = 10;

  @Override
  public String name() {
    return "weka";
  }

  @Override
  public double[] run() throws Exception {
    Instances data = data();
    K2 search = new K2();
    search.setRandomOrder(true);
    search.setInitAsNaiveBayes(false);
    search.setMaxNrOfParents(2);
    BayesNet network = new BayesNet();
    network.setSearchAlgorithm(search);
    network.buildClassifier(data);
    DoubleStream.Builder all = DoubleStream.builder();
    all.add(network.measureBayesScore());
    for (int i = 0; i < data.numInstances(); i++) {
      all.add(network.distributionForInstance(data.instance(i))[0]);
    }
    return all.build().toArray();
  }

  private static Instances data() {
    ArrayList<Attribute> columns = new ArrayList<>();
    for (int j = 0; j < COLUMNS; j++) {
      columns.add(new Attribute("column" + j, List.of("low", "high")));
    }
    Instances data = new Instances("points", columns, 80);
    data.setClassIndex(COLUMNS - 1);
    for (double[] point : Library.points(80, COLUMNS)) {
      double[] row = new double[COLUMNS];
      for (int j = 0; j < COLUMNS; j++) {
        row[j] = point[j] > 0 ? 1 : 0;
      }
      data.add(new DenseInstance(1, row));
    }
    return data;
  }
}
