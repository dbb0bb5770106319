package org.example.libraries;

import org.encog.engine.network.activation.ActivationTANH;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.layers.BasicLayer;
import org.encog.neural.networks.training.propagation.resilient.ResilientPropagation;

/** A neural network that is trained by resilient propagation. */
final class EncogNetwork implements Library {
  @Override
  public String name() {
    return "encog";
  }

  @Override
  public double[] run() {
    double[][] points = Library.points(60, 4);
    double[][] classes = new double[points.length][1];
    for (int i = 0; i < points.length; i++) {
      classes[i][0] = i % 2;
    }
    BasicNetwork network = new BasicNetwork();
    network.addLayer(new BasicLayer(null, true, 4));
    network.addLayer(new BasicLayer(new ActivationTANH(), true, 5));
    network.addLayer(new BasicLayer(new ActivationTANH(), false, 1));
    network.getStructure().finalizeStructure();
    network.reset();
    ResilientPropagation training =
        new ResilientPropagation(network, new BasicMLDataSet(points, classes));
    training.iteration(5);
    training.finishTraining();
    return network.getFlat().getWeights();
  }
}
