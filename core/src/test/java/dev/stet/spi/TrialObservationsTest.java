package dev.stet.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class TrialObservationsTest {
  private static Observation seen(long count) {
    Finding finding = new Finding(
        Finding.Kind.UNSEEDED_RANDOM,
        Finding.Treatment.OBSERVED,
        "new Random()",
        "com.acme.Net",
        "init",
        12,
        count,
        "");
    return Observation.of(List.of(finding)).withLimits(List.of("One."));
  }

  @Test
  void hearsEachFindingOnceWithItsLargestCount() {
    try (TrialObservations trials = TrialObservations.collect()) {
      assertThat(trials.all()).isEqualTo(Observation.EMPTY);
      TrialObservations.add(seen(2));
      TrialObservations.add(seen(5));
      TrialObservations.add(seen(3));
      assertThat(trials.all()).isEqualTo(seen(5));
    }
  }

  @Test
  void hearsWithinOneAnotherAndNothingAfterwards() {
    TrialObservations outer = TrialObservations.collect();
    TrialObservations inner = TrialObservations.collect();
    TrialObservations.add(seen(1));
    inner.close();
    TrialObservations.add(seen(2));
    outer.close();
    TrialObservations.add(seen(3));
    assertThat(inner.all()).isEqualTo(seen(1));
    assertThat(outer.all()).isEqualTo(seen(2));
  }

  @Test
  void hearsThreadsThatAreStartedMeanwhileUntilItIsClosed() throws InterruptedException {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    TrialObservations trials = TrialObservations.collect();
    Thread early = new Thread(() -> TrialObservations.add(seen(1)));
    Thread late = new Thread(() -> {
      closed.join();
      TrialObservations.add(seen(9));
    });
    late.start();
    early.start();
    early.join();
    assertThat(trials.all()).isEqualTo(seen(1));
    trials.close();
    closed.complete(null);
    late.join();
    assertThat(trials.all()).isEqualTo(seen(1));
  }

  @Test
  void doesNotHearThreadsOfForkJoinPools() {
    try (TrialObservations trials = TrialObservations.collect()) {
      ForkJoinPool pool = new ForkJoinPool(1);
      pool.submit(() -> TrialObservations.add(seen(1))).join();
      pool.shutdown();
      assertThat(trials.all()).isEqualTo(Observation.EMPTY);
    }
  }
}
