package dev.stet.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TraceProperties {
  /** A record: few names, few steps and few bits, so that equal ones come up. */
  record Step(String metric, long step, long bits) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Long> bits = Arbitraries.of(
        0L,
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(1.5),
        0x7ff8_0000_0000_0000L,
        0x7ff8_0000_0000_0001L,
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
    return Combinators.combine(Arbitraries.of("a", "b"), Arbitraries.longs().between(0, 2), bits)
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  private static Trace trace(List<Step> steps) {
    Recorder recorder = Recorder.of();
    steps.forEach(s -> recorder.record(s.metric(), s.step(), Double.longBitsToDouble(s.bits())));
    return recorder.end();
  }

  @Property(seed = "1")
  void aTraceIsIdenticalToItself(@ForAll("steps") List<Step> steps) {
    assertThat(trace(steps).compare(trace(steps)))
        .isEqualTo(new TraceComparison.Identical(steps.size()));
  }

  @Property(seed = "2")
  void digestsAreEqualExactlyIfTracesAre(
      @ForAll("steps") List<Step> one, @ForAll("steps") List<Step> other) {
    boolean identical = trace(one).compare(trace(other)) instanceof TraceComparison.Identical;
    assertThat(identical).isEqualTo(one.equals(other));
    assertThat(trace(one).digest().equals(trace(other).digest())).isEqualTo(identical);
  }

  @Property(seed = "3")
  void theFirstDifferenceIsTheFirst(
      @ForAll("steps") List<Step> one, @ForAll("steps") List<Step> other) {
    int equal = 0;
    while (equal < Math.min(one.size(), other.size()) && one.get(equal).equals(other.get(equal))) {
      equal++;
    }
    TraceComparison there = trace(one).compare(trace(other));
    TraceComparison back = trace(other).compare(trace(one));
    if (there instanceof TraceComparison.Diverged diverged) {
      assertThat(diverged.divergence().index()).contains(equal);
      assertThat(diverged.divergence().equalBefore()).isEqualTo(equal);
      assertThat(((TraceComparison.Diverged) back).divergence().index()).contains(equal);
    } else {
      assertThat(back).isEqualTo(there);
    }
  }

  @Property(seed = "4")
  void prefixesOfOneTraceAreIdentical(@ForAll("steps") List<Step> steps) {
    Trace whole = trace(steps);
    for (int n = 0; n <= steps.size(); n++) {
      assertThat(whole.prefix(n).compare(trace(new ArrayList<>(steps.subList(0, n)))))
          .isEqualTo(new TraceComparison.Identical(n));
    }
  }
}
