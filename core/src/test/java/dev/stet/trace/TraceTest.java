package dev.stet.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TraceTest {
  static Trace trace(Consumer<Recorder> body) {
    Recorder recorder = Recorder.of();
    body.accept(recorder);
    return recorder.end();
  }

  static void elsewhere(Runnable task) {
    Thread thread = new Thread(task, "elsewhere");
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Divergence divergence(Consumer<Recorder> first, Consumer<Recorder> rerun) {
    return ((TraceComparison.Diverged) trace(first).compare(trace(rerun))).divergence();
  }

  @Nested
  class Recording {
    @Test
    void keepsEveryBitOfEveryDouble() {
      double odd = Double.longBitsToDouble(0x7ff8_0000_0000_0001L);
      Trace trace = trace(r -> {
        for (double value :
            new double[] {1, -0.0, odd, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}) {
          r.record("x", value);
        }
      });
      long[] bits = Arrays.stream(trace.series("x").values())
          .mapToLong(Double::doubleToRawLongBits)
          .toArray();
      assertThat(bits)
          .containsExactly(
              Double.doubleToRawLongBits(1),
              Double.doubleToRawLongBits(-0.0),
              0x7ff8_0000_0000_0001L,
              Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
              1L);
      assertThat(trace.series("x").steps()).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anExplicitStepIsFollowedByTheNext() {
      Trace trace = trace(r -> {
        r.record("x", 10, 1);
        r.record("x", 2);
        r.record("y", 3);
      });
      assertThat(trace.series("x").steps()).containsExactly(10, 11);
      assertThat(trace.series("y").steps()).containsExactly(0);
      assertThat(trace.metrics()).containsExactly("x", "y");
    }

    @Test
    void aMetricAndADigestOfOneNameAreTwoThings() {
      Trace trace = trace(r -> {
        r.record("w", 1);
        r.digest("w", new double[] {1});
      });
      assertThat(trace.size()).isEqualTo(2);
      assertThat(trace.metrics()).containsExactly("w");
      assertThat(trace.digests()).containsOnlyKeys("w");
    }

    @Test
    void manyRecordsAndStreamsKeepTheirPlaces() {
      Trace trace = trace(r -> {
        for (int i = 0; i < 50_000; i++) {
          if (i % 10_000 == 0) {
            r.stream("s" + i, Seed.of(i).stream());
          }
          r.record(i % 3 == 0 ? "a" : "b", i);
        }
      });
      assertThat(trace.size()).isEqualTo(50_000);
      double[] a = trace.series("a").values();
      assertThat(a).hasSize(16_667);
      for (int i = 0; i < a.length; i++) {
        assertThat(a[i]).isEqualTo(3.0 * i);
      }
    }

    @Test
    void refusesAnEmptyName() {
      String message =
          "a record's name must not be empty; name what is recorded, such as record(\"loss\", value).";
      Recorder recorder = Recorder.of();
      assertThatThrownBy(() -> recorder.record("", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> recorder.digest("", new int[0]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThatThrownBy(() -> recorder.note("", 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
      assertThat(recorder.end().size()).isZero();
    }

    @Test
    void notesAreKeptAndNotCompared() {
      Trace one = trace(r -> r.note("memory", 1));
      Trace other = trace(r -> r.note("took", Duration.ofSeconds(2)));
      assertThat(one.notes()).containsExactly(new Note("memory", 1.0));
      assertThat(other.notes()).containsExactly(new Note("took", Duration.ofSeconds(2)));
      assertThat(one.compare(other)).isEqualTo(new TraceComparison.Identical(0));
      assertThat(one.digest()).isEqualTo(other.digest());
    }

    @Test
    void theSameNumbersInAnotherTypeAreAnotherDigest() {
      List<String> digests = trace(r -> {
            r.digest("x", new double[] {1});
            r.digest("x", new float[] {1});
            r.digest("x", new long[] {1});
            r.digest("x", new int[] {1});
            r.digest("x", new byte[] {1});
            r.digest("x", new double[][] {{1}});
            r.digest("x", new double[][] {{}, {1}});
            r.digest("x", "1");
          })
          .digests()
          .get("x");
      assertThat(digests).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void afterTheEndNothingIsTaken() {
      Recorder recorder = Recorder.of();
      recorder.record("x", 1);
      Trace trace = recorder.end();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      elsewhere(() -> {
        try {
          recorder.record("x", 2);
        } catch (IllegalStateException e) {
          thrown.set(e);
        }
      });
      assertThat(thrown.get())
          .hasMessage(
              "the run has ended, and thread \"elsewhere\" still records; nothing was changed. Let the body wait"
                  + " for its threads before it returns.");
      assertThatThrownBy(() -> recorder.digest("x", new int[0]))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> recorder.note("x", 1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> recorder.stream("x", Seed.of(1).stream()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(trace.size()).isEqualTo(1);
      assertThat(recorder.end()).isSameAs(trace);
    }

    @Test
    void onlyTheOwnerEnds() {
      Recorder recorder = Recorder.of();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      elsewhere(() -> {
        try {
          recorder.end();
        } catch (IllegalStateException e) {
          thrown.set(e);
        }
      });
      assertThat(thrown.get())
          .hasMessageStartingWith("only the thread that began the recording can end it;");
    }

    @Test
    void unknownMetricsListTheKnownOnes() {
      assertThatThrownBy(() -> trace(r -> r.record("loss", 1)).series("accuracy"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no metric is named \"accuracy\"; recorded: loss.");
    }
  }

  @Nested
  class OtherThreads {
    @Test
    void withStepsTheOrderOfThreadsDoesNotMatter() {
      Trace one = trace(r -> {
        elsewhere(() -> r.record("loss", 0, 1));
        elsewhere(() -> r.record("loss", 1, 2));
      });
      Trace other = trace(r -> {
        elsewhere(() -> r.record("loss", 1, 2));
        elsewhere(() -> r.record("loss", 0, 1));
      });
      assertThat(one.compare(other)).isEqualTo(new TraceComparison.Identical(2));
      assertThat(one.digest()).isEqualTo(other.digest());
      assertThat(one.series("loss").values()).containsExactly(1, 2);
    }

    @Test
    void withoutStepsSeveralThreadsAreUnordered() {
      Consumer<Recorder> body = r -> {
        elsewhere(() -> r.record("loss", 1));
        elsewhere(() -> r.record("loss", 2));
      };
      Trace trace = trace(body);
      assertThat(trace.unordered()).containsExactly("loss");
      assertThat(trace.compare(trace(body)))
          .isEqualTo(new TraceComparison.Unordered(List.of("loss")));
    }

    @Test
    void oneThreadAloneKeepsItsOrder() {
      Consumer<Recorder> body = r -> elsewhere(() -> {
        r.record("loss", 1);
        r.record("loss", 2);
      });
      assertThat(trace(body).compare(trace(body))).isEqualTo(new TraceComparison.Identical(2));
    }

    @Test
    void aDifferenceElsewhereIsNotHiddenByAnUnorderedSeries() {
      Divergence divergence = divergence(
          r -> {
            elsewhere(() -> r.record("free", 1));
            elsewhere(() -> r.record("free", 2));
            elsewhere(() -> r.record("loss", 7, 1));
          },
          r -> {
            elsewhere(() -> r.record("free", 1));
            elsewhere(() -> r.record("free", 2));
            elsewhere(() -> r.record("loss", 7, 3));
          });
      assertThat(divergence.index()).isEmpty();
      assertThat(divergence.name()).contains("loss");
      assertThat(divergence.step()).contains(7L);
      assertThat(divergence.place()).isEqualTo("first difference in a record of another thread");
    }

    @Test
    void isEqualHoweverTheWorkIsSplit() {
      Trace split = trace(r -> {
        r.record("start", 0);
        r.record("fitness", 0, 1);
        elsewhere(() -> r.record("fitness", 1, 2));
        r.record("end", 0);
      });
      Trace other = trace(r -> {
        r.record("start", 0);
        r.record("fitness", 1, 2);
        elsewhere(() -> r.record("fitness", 0, 1));
        r.record("end", 0);
      });
      Trace alone = trace(r -> {
        r.record("start", 0);
        r.record("fitness", 1, 2);
        r.record("fitness", 0, 1);
        r.record("end", 0);
      });
      assertThat(split.compare(other)).isEqualTo(new TraceComparison.Identical(4));
      assertThat(split.digest()).isEqualTo(other.digest());
      assertThat(split.compare(alone)).isEqualTo(new TraceComparison.Identical(4));
      assertThat(alone.compare(split)).isEqualTo(new TraceComparison.Identical(4));
      assertThat(split.series("fitness").values()).containsExactly(1, 2);
      assertThat(split.prefix(3).compare(alone.prefix(3)))
          .isInstanceOf(TraceComparison.Identical.class);
    }

    @Test
    void anOwnRecordWithoutAStepBesideAnotherThreadsIsUnordered() {
      Trace trace = trace(r -> {
        r.record("loss", 1);
        elsewhere(() -> r.record("loss", 7, 2));
      });
      assertThat(trace.unordered()).containsExactly("loss");
    }

    @Test
    void aStepWrittenTwiceIsComparedAsAPair() {
      Trace one = trace(r -> {
        elsewhere(() -> r.record("loss", 0, 1));
        elsewhere(() -> r.record("loss", 0, 2));
      });
      Trace other = trace(r -> {
        elsewhere(() -> r.record("loss", 0, 2));
        elsewhere(() -> r.record("loss", 0, 1));
      });
      assertThat(one.compare(other)).isInstanceOf(TraceComparison.Identical.class);
    }
  }

  @Nested
  class Prefixes {
    @Test
    void stopAtTheRecordAsked() {
      Recorder recorder = Recorder.stopAfter(2);
      recorder.record("x", 1);
      assertThatThrownBy(() -> recorder.record("x", 2)).isInstanceOf(PrefixReached.class);
      assertThat(recorder.end().series("x").values()).containsExactly(1, 2);
    }

    @Test
    void swallowedStopsLeaveThePrefix() {
      Recorder recorder = Recorder.stopAfter(1);
      for (int i = 0; i < 3; i++) {
        try {
          recorder.record("x", i);
        } catch (PrefixReached swallowed) {
          assertThat(swallowed).hasMessage("stopped after record 1, as asked");
        }
      }
      assertThat(recorder.end().size()).isEqualTo(1);
    }

    @Test
    void namesOnlyWhatItHolds() {
      Trace prefix = trace(r -> {
            r.record("x", 1);
            r.record("y", 2);
          })
          .prefix(1);
      assertThat(prefix.metrics()).containsExactly("x");
    }
  }

  @Nested
  class Explaining {
    @Test
    void valuesInBothBasesWithTheirDistance() {
      Divergence divergence = divergence(
          r -> {
            r.record("loss", 2);
            r.record("loss", 16, 0x1.b9a59fd85d8d6p-2);
          },
          r -> {
            r.record("loss", 2);
            r.record("loss", 16, 0x1.b9a59fd85d8d1p-2);
          });
      assertThat(divergence.kind()).isEqualTo(Divergence.Kind.VALUE);
      assertThat(divergence.index()).contains(1);
      assertThat(divergence.equalBefore()).isEqualTo(1);
      assertThat(divergence.place()).isEqualTo("first difference at record 2 of 2");
      assertThat(divergence.block()).isEqualTo("""
              loss, step 16
                first run  0.431295869427584    0x1.b9a59fd85d8d6p-2
                rerun      0.43129586942758374  0x1.b9a59fd85d8d1p-2
                apart      5 ulps""");
      assertThat(divergence.streams()).isEmpty();
    }

    @Test
    void bitsOfNanAndSignsOfZero() {
      assertThat(divergence(
                  r -> r.record("x", Double.NaN),
                  r -> r.record("x", Double.longBitsToDouble(0x7ff8_0000_0000_0001L)))
              .block())
          .isEqualTo("""
              x, step 0
                first run  NaN  bits 0x7ff8000000000000
                rerun      NaN  bits 0x7ff8000000000001
                apart      both are NaN, with other bits""");
      assertThat(divergence(r -> r.record("x", 0.0), r -> r.record("x", -0.0)).block())
          .isEqualTo("""
              x, step 0
                first run  0.0   0x0.0p0
                rerun      -0.0  -0x0.0p0
                apart      the sign of zero""");
      assertThat(
              divergence(r -> r.record("x", 1), r -> r.record("x", Double.NaN)).block())
          .endsWith("apart      one is NaN");
      assertThat(divergence(r -> r.record("x", 1), r -> r.record("x", Double.POSITIVE_INFINITY))
              .block())
          .endsWith("apart      one is infinite");
      assertThat(divergence(
                  r -> r.record("x", -Double.MAX_VALUE), r -> r.record("x", Double.MAX_VALUE))
              .block())
          .endsWith("apart      18437736874454810622 ulps");
    }

    @Test
    void aRunThatStoppedEarlier() {
      Divergence divergence = divergence(
          r -> {
            r.record("loss", 1);
            r.digest("weights", new int[] {1});
          },
          r -> r.record("loss", 1));
      assertThat(divergence.kind()).isEqualTo(Divergence.Kind.MISSING);
      assertThat(divergence.place()).isEqualTo("first difference at record 2 of 2");
      assertThat(divergence.block()).isEqualTo("""
              here
                first run  digest of weights
                rerun      recorded nothing more""");
    }

    @Test
    void anotherRecordAtThePlace() {
      assertThat(divergence(r -> r.record("loss", 1), r -> r.record("accuracy", 3, 0.5))
              .block())
          .isEqualTo("""
              here
                first run  loss, step 0: 1.0
                rerun      accuracy, step 3: 0.5""");
    }

    @Test
    void digestsUnderEachOther() {
      Divergence divergence =
          divergence(r -> r.digest("w", new int[] {1}), r -> r.digest("w", new int[] {2}));
      assertThat(divergence.kind()).isEqualTo(Divergence.Kind.DIGEST);
      assertThat(divergence.block())
          .matches("digest of w\n  first run  [0-9a-f]{64}\n  rerun      [0-9a-f]{64}");
    }

    @Test
    void theStreamThatHadDrawnAnotherCount() {
      assertThat(divergence(r -> drawing(r, 1437, 1), r -> drawing(r, 1438, 2)).streams())
          .isEqualTo(
              "Streams: \"shuffle\" had drawn 1,437 numbers in the first run and 1,438 in the rerun, so the two"
                  + " took different branches before this step.");
    }

    @Test
    void noStreamThatHadDrawnAnotherCount() {
      assertThat(divergence(r -> drawing(r, 3, 1), r -> drawing(r, 3, 2)).streams())
          .isEqualTo(
              "Streams: the one stream, \"shuffle\", drew as many numbers in both, so it was the arithmetic, the"
                  + " order of threads, or a source of randomness that is not one of the trial's streams.");
    }

    @Test
    void anEarlierStreamThatDrewAnotherCountShowsInTheEnd() {
      Divergence divergence = divergence(r -> withManyStreams(r, 1), r -> withManyStreams(r, 2));
      assertThat(divergence.streams())
          .isEqualTo(
              "Streams: in the end \"first\" had drawn 1 number in the first run and 2 in the rerun, so the two"
                  + " took different branches somewhere.");
    }

    private void withManyStreams(Recorder recorder, int draws) {
      RandomStream first = Seed.of(1).stream();
      recorder.stream("\"first\"", first);
      for (int i = 0; i < 4; i++) {
        recorder.stream("\"later\", " + i, Seed.of(2 + i).stream());
      }
      for (int i = 0; i < draws; i++) {
        first.nextLong();
      }
      recorder.record("loss", draws);
    }

    private void drawing(Recorder recorder, int draws, double value) {
      RandomStream shuffle = Seed.of(1).stream();
      recorder.stream("\"shuffle\"", shuffle);
      for (int i = 0; i < draws; i++) {
        shuffle.nextLong();
      }
      recorder.record("loss", value);
    }

    @Test
    void onlyTheFinalDraws() {
      Divergence divergence = divergence(r -> drawing(r, 1, 1), r -> {
        drawing(r, 1, 1);
        r.stream("\"late\"", Seed.of(2).stream());
      });
      assertThat(divergence.kind()).isEqualTo(Divergence.Kind.DRAWS);
      assertThat(divergence.place()).isEqualTo("every record is equal, but not what was drawn");
      assertThat(divergence.block()).isEqualTo("\"late\" was open in the rerun only");
      assertThat(divergence.streams()).isEmpty();
    }
  }

  @Test
  @Tag("golden")
  void theDigestIsFrozen() {
    Trace trace = trace(r -> {
      r.stream("\"s\"", Seed.of(1).stream());
      r.record("loss", 0.1);
      r.record("loss", 7, Double.NaN);
      r.digest("w", new double[] {1, -0.0});
      r.digest("w", "\ud800");
      elsewhere(() -> r.record("elsewhere", 3, 0x1.52d02c7e14af6p77));
    });
    assertThat(trace.digest())
        .isEqualTo("c683bfff9281fc56760431f8d7f1ea0a69c4d7e0604eb14269ae0004e3be7657");
  }
}
