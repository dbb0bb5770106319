package org.example.libraries;

import java.util.concurrent.ForkJoinPool;

/** The same genetic algorithm in the pool that it uses by default. */
final class JeneticsPool implements Library {
  @Override
  public String name() {
    return "jenetics-pool";
  }

  @Override
  public double[] run() {
    return JeneticsSearch.search(ForkJoinPool.commonPool());
  }
}
