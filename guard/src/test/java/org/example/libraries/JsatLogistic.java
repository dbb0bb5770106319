package org.example.libraries;

import jsat.classifiers.CategoricalData;
import jsat.classifiers.ClassificationDataSet;
import jsat.classifiers.linear.LogisticRegressionDCD;
import jsat.linear.DenseVector;

/** Logistic regression by coordinate descent, in a random order of the points. */
final class JsatLogistic implements Library {
  @Override
  public String name() {
    return "jsat-logistic";
  }

  @Override
  public double[] run() {
    LogisticRegressionDCD regression = new LogisticRegressionDCD(1, 3);
    regression.trainC(data());
    return regression.getRawWeight().arrayCopy();
  }

  static ClassificationDataSet data() {
    ClassificationDataSet data =
        new ClassificationDataSet(4, new CategoricalData[0], new CategoricalData(2));
    double[][] points = Library.points(60, 4);
    for (int i = 0; i < points.length; i++) {
      data.addDataPoint(new DenseVector(points[i]), new int[0], i % 2);
    }
    return data;
  }
}
