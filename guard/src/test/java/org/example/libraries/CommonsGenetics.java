package org.example.libraries;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.genetics.AbstractListChromosome;
import org.apache.commons.math3.genetics.BinaryChromosome;
import org.apache.commons.math3.genetics.BinaryMutation;
import org.apache.commons.math3.genetics.Chromosome;
import org.apache.commons.math3.genetics.ElitisticListPopulation;
import org.apache.commons.math3.genetics.FixedGenerationCount;
import org.apache.commons.math3.genetics.GeneticAlgorithm;
import org.apache.commons.math3.genetics.OnePointCrossover;
import org.apache.commons.math3.genetics.TournamentSelection;

/** A genetic algorithm whose generator is in a static field. */
final class CommonsGenetics implements Library {
  @Override
  public String name() {
    return "commons-genetics";
  }

  @Override
  public double[] run() {
    ElitisticListPopulation population = new ElitisticListPopulation(20, 0.1);
    for (int i = 0; i < 20; i++) {
      population.addChromosome(new Bits(BinaryChromosome.randomBinaryRepresentation(64)));
    }
    GeneticAlgorithm algorithm = new GeneticAlgorithm(
        new OnePointCrossover<Integer>(),
        0.9,
        new BinaryMutation(),
        0.1,
        new TournamentSelection(2));
    Chromosome best =
        algorithm.evolve(population, new FixedGenerationCount(5)).getFittestChromosome();
    return ((Bits) best).bits().stream().mapToDouble(bit -> bit).toArray();
  }

  /** As many ones as possible. */
  private static final class Bits extends BinaryChromosome {
    Bits(List<Integer> bits) {
      super(bits);
    }

    List<Integer> bits() {
      return new ArrayList<>(getRepresentation());
    }

    @Override
    public double fitness() {
      return getRepresentation().stream().mapToInt(bit -> bit).sum();
    }

    @Override
    public AbstractListChromosome<Integer> newFixedLengthChromosome(List<Integer> bits) {
      return new Bits(bits);
    }
  }
}
