package org.example.libraries;

import java.util.stream.IntStream;
import jsat.classifiers.ClassificationDataSet;
import jsat.classifiers.neuralnetwork.BackPropagationNet;

/** A neural network that is trained by back propagation. */
final class JsatNetwork implements Library {
  @Override
  public String name() {
    return "jsat-network";
  }

  @Override
  public double[] run() {
    ClassificationDataSet data = JsatLogistic.data();
    BackPropagationNet network = new BackPropagationNet(5);
    network.setEpochs(5);
    network.trainC(data);
    return IntStream.range(0, 20)
        .mapToDouble(i -> network.classify(data.getDataPoint(i)).getProb(0))
        .toArray();
  }
}
