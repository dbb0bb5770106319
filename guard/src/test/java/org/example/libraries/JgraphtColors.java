package org.example.libraries;

import java.util.ArrayList;
import java.util.List;
import org.jgrapht.Graph;
import org.jgrapht.alg.color.RandomGreedyColoring;
import org.jgrapht.generate.GnpRandomGraphGenerator;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleGraph;
import org.jgrapht.util.SupplierUtil;

/** A random graph, and colours for it in a random order. */
final class JgraphtColors implements Library {
  @Override
  public String name() {
    return "jgrapht";
  }

  @Override
  public double[] run() {
    Graph<Integer, DefaultEdge> graph = new SimpleGraph<>(
        SupplierUtil.createIntegerSupplier(), SupplierUtil.DEFAULT_EDGE_SUPPLIER, false);
    new GnpRandomGraphGenerator<Integer, DefaultEdge>(25, 0.3).generateGraph(graph);
    List<Double> all = new ArrayList<>();
    for (DefaultEdge edge : graph.edgeSet()) {
      all.add(graph.getEdgeSource(edge) + graph.getEdgeTarget(edge) / 100.0);
    }
    var colors = new RandomGreedyColoring<>(graph).getColoring().getColors();
    graph.vertexSet().forEach(vertex -> all.add((double) colors.get(vertex)));
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
