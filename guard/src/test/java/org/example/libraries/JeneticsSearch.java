package org.example.libraries;

import io.jenetics.DoubleGene;
import io.jenetics.Genotype;
import io.jenetics.engine.Codecs;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionResult;
import io.jenetics.util.DoubleRange;
import java.util.Arrays;
import java.util.concurrent.Executor;

/** A genetic algorithm on the thread that asks for it. */
final class JeneticsSearch implements Library {
  @Override
  public String name() {
    return "jenetics";
  }

  @Override
  public double[] run() {
    return search(Runnable::run);
  }

  static double[] search(Executor executor) {
    Engine<DoubleGene, Double> engine = Engine.builder(
            JeneticsSearch::fitness, Codecs.ofVector(DoubleRange.of(-1, 1), 4))
        .populationSize(30)
        .executor(executor)
        .build();
    Genotype<DoubleGene> best = engine.stream().limit(10).collect(EvolutionResult.toBestGenotype());
    return best.chromosome().stream().mapToDouble(DoubleGene::allele).toArray();
  }

  private static double fitness(double[] point) {
    return -Arrays.stream(point).map(x -> (x - 0.3) * (x - 0.3)).sum();
  }
}
