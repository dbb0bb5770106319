package dev.stet.examples;

import dev.stet.Experiment;
import dev.stet.Trial;
import dev.stet.seeds.Seed;
import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.Genotype;
import io.jenetics.MeanAlterer;
import io.jenetics.Mutator;
import io.jenetics.Optimize;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionResult;
import io.jenetics.util.RandomRegistry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/**
 * A library whose seed is not enough: Jenetics evaluates and alters on a parallel executor by default, its tasks draw
 * from one shared generator, and who draws first is up to the scheduler.
 */
public final class Example03Jenetics {
  enum Threads {
    POOL,
    CALLER
  }

  record Config(int generations, int population, Threads threads) {}

  static final Config PARALLEL = new Config(30, 200, Threads.POOL);
  static final Config SERIAL = new Config(30, 200, Threads.CALLER);

  static final Experiment<Config> RASTRIGIN = Experiment.of(
          "rastrigin-jenetics", Config.class, Example03Jenetics::evolve)
      .code("dev.stet.examples");

  private Example03Jenetics() {}

  private static void evolve(Config config, Trial trial) {
    Engine<DoubleGene, Double> engine = Engine.builder(
            Example03Jenetics::rastrigin, Genotype.of(DoubleChromosome.of(-5.12, 5.12, 6)))
        .optimize(Optimize.MINIMUM)
        .populationSize(config.population())
        .alterers(new Mutator<>(0.1), new MeanAlterer<>(0.6))
        .executor(executor(config.threads()))
        .build();
    // Safe for many threads, as the library asks; who draws which number is up to the scheduler.
    Random shared = new Random(trial.seed().child("evolution").toLong());
    double best = RandomRegistry.with(
        shared,
        random -> engine.stream()
            .limit(config.generations())
            .peek(generation -> trial.record("best", generation.bestFitness()))
            .collect(EvolutionResult.toBestEvolutionResult())
            .bestFitness());
    trial.record("best of all", best);
  }

  private static Executor executor(Threads threads) {
    return threads == Threads.POOL ? ForkJoinPool.commonPool() : Runnable::run;
  }

  private static double rastrigin(Genotype<DoubleGene> genotype) {
    double sum = 0;
    for (DoubleGene gene : genotype.chromosome()) {
      double x = gene.doubleValue();
      sum += x * x - 10 * StrictMath.cos(2 * StrictMath.PI * x) + 10;
    }
    return sum;
  }

  /**
   * Runs the example.
   *
   * @param args not read
   */
  public static void main(String[] args) {
    show(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void show(PrintStream out) {
    out.println("The default executor, a pool:\n");
    out.println(RASTRIGIN.rerun(RASTRIGIN.run(PARALLEL, Seed.of(42)), 5).explain());
    out.println("\nIn the thread that calls:\n");
    out.println(RASTRIGIN.rerun(RASTRIGIN.run(SERIAL, Seed.of(42)), 5).explain());
  }
}
