package org.example.libraries;

import java.util.stream.DoubleStream;
import org.uma.jmetal.operator.crossover.impl.SBXCrossover;
import org.uma.jmetal.operator.mutation.impl.PolynomialMutation;
import org.uma.jmetal.problem.doubleproblem.impl.AbstractDoubleProblem;
import org.uma.jmetal.solution.doublesolution.DoubleSolution;

/** The operators of an evolutionary algorithm, whose generator is a singleton. */
final class JmetalSearch implements Library {
  @Override
  public String name() {
    return "jmetal";
  }

  @Override
  public double[] run() {
    Sphere problem = new Sphere();
    SBXCrossover crossover = new SBXCrossover(0.9, 20);
    PolynomialMutation mutation = new PolynomialMutation(0.5, 20);
    DoubleStream.Builder all = DoubleStream.builder();
    DoubleSolution best = problem.createSolution();
    for (int i = 0; i < 20; i++) {
      var pair = java.util.List.of(best, problem.createSolution());
      DoubleSolution child = mutation.execute(crossover.execute(pair).get(0));
      problem.evaluate(child);
      all.add(child.objectives()[0]);
      best = child;
    }
    return all.build().toArray();
  }

  /** The sum of squares. */
  private static final class Sphere extends AbstractDoubleProblem {
    Sphere() {
      numberOfObjectives(1);
      name("sphere");
      variableBounds(java.util.Collections.nCopies(4, -1.0), java.util.Collections.nCopies(4, 1.0));
    }

    @Override
    public DoubleSolution evaluate(DoubleSolution solution) {
      solution.objectives()[0] =
          solution.variables().stream().mapToDouble(x -> x * x).sum();
      return solution;
    }
  }
}
