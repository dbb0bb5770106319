package dev.stet.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stet.seeds.RandomStream;
import dev.stet.seeds.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TraceFileTest {
  static byte[] bytes(Trace trace) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceFile.write(trace, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  static Trace read(byte[] bytes) throws IOException {
    return TraceFile.read(new ByteArrayInputStream(bytes));
  }

  /** Everything that a trace can hold: more streams than are watched, other threads, digests, notes, odd bits. */
  static Trace rich() throws InterruptedException {
    Recorder recorder = Recorder.of();
    recorder.record("before any stream", Double.longBitsToDouble(0x7ff0_0000_0000_0001L));
    for (int i = 0; i < 7; i++) {
      RandomStream stream = Seed.of(1).child(i).stream();
      recorder.stream("stream " + i, stream);
      for (int step = 0; step < 40; step++) {
        recorder.record("loss", stream.nextGaussian());
        recorder.record("rate", step * 100L - 2000, -0.0);
        recorder.record("end", Long.MAX_VALUE, Double.NEGATIVE_INFINITY);
        recorder.record("end", Long.MIN_VALUE, Double.MIN_VALUE);
      }
      recorder.digest("weights", new double[] {i});
    }
    RandomStream addressable = Seed.of(2).addressable();
    recorder.stream("addressable", addressable);
    addressable.nextLong();
    Thread other = new Thread(() -> {
      for (int i = 0; i < 20; i++) {
        recorder.record("elsewhere", i);
        recorder.record("shared", 2L * i, i);
        recorder.digest("digest elsewhere", "text " + i);
      }
    });
    other.start();
    other.join();
    recorder.record("shared", 1);
    recorder.note("lone surrogate \ud800", "\udc00 and \u00e4 and \ud83d\ude00");
    recorder.note("memory", Double.NaN);
    recorder.note("took", Duration.ofSeconds(-3, 5));
    return recorder.end();
  }

  static void assertSame(Trace read, Trace written) {
    assertThat(read.digest()).isEqualTo(written.digest());
    assertThat(bytes(read)).isEqualTo(bytes(written));
    assertThat(read.size()).isEqualTo(written.size());
    assertThat(read.metrics()).isEqualTo(written.metrics());
    assertThat(read.unordered()).isEqualTo(written.unordered());
    assertThat(read.notes()).isEqualTo(written.notes());
    assertThat(read.draws()).isEqualTo(written.draws());
    assertThat(read.digests()).isEqualTo(written.digests());
    for (String metric : written.metrics()) {
      assertThat(bits(read.series(metric))).isEqualTo(bits(written.series(metric)));
      assertThat(read.series(metric).steps()).isEqualTo(written.series(metric).steps());
    }
    assertThat(counts(read)).isEqualTo(counts(written));
  }

  @Test
  void theLastValuesAreThoseOfTheSeriesThatHaveAnOrder() throws Exception {
    Trace trace = rich();
    for (Trace each : List.of(trace, trace.prefix(1), trace.prefix(200))) {
      Map<String, Long> expected = new TreeMap<>();
      each.metrics()
          .forEach(metric -> expected.put(metric, bits(each.series(metric).last())));
      each.unordered().forEach(expected::remove);
      Map<String, Long> found = new TreeMap<>();
      each.lastValues().forEach((metric, value) -> found.put(metric, bits(value)));
      assertThat(found).isEqualTo(expected);
    }
    assertThat(trace.lastValues()).containsKeys("end", "elsewhere").doesNotContainKey("shared");
    assertThat(Recorder.of().end().lastValues()).isEmpty();
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static long[] bits(Series series) {
    return Arrays.stream(series.values()).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static List<Object> counts(Trace trace) {
    List<Object> counts = new ArrayList<>();
    for (OwnRecords.Cursor cursor = trace.own().cursor(); cursor.next(); ) {
      counts.add(List.of(cursor.index(), cursor.draws()));
    }
    return counts;
  }

  @Test
  void everythingComesBackInEveryBit() throws Exception {
    Trace trace = rich();
    assertSame(read(bytes(trace)), trace);
    assertThat(read(bytes(trace)).unordered()).containsExactly("shared");
  }

  @Test
  void aPrefixComesBackAsOneThatCanBeShortened() throws Exception {
    Trace trace = rich();
    for (int n : new int[] {0, 1, 5, 100, 1000, 5000}) {
      Trace prefix = trace.prefix(n);
      Trace read = read(bytes(prefix));
      assertSame(read, prefix);
      assertThat(read.isCut()).isEqualTo(prefix.isCut());
      assertSame(read.prefix(3), prefix.prefix(3));
      assertThat(read.compare(trace).toString()).isEqualTo(prefix.compare(trace).toString());
    }
  }

  @Test
  void anEmptyTraceComesBackEmpty() throws Exception {
    Trace trace = Recorder.of().end();
    assertSame(read(bytes(trace)), trace);
    assertThat(bytes(trace)).hasSizeLessThan(40);
  }

  @Test
  void aReadTraceStandsInACompareAsTheWrittenOne() throws Exception {
    Trace trace = rich();
    assertThat(trace.compare(read(bytes(trace)))).isEqualTo(trace.compare(trace));
  }

  @Test
  void nothingBehindTheEndIsRead() throws Exception {
    Trace trace = rich();
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    TraceFile.write(trace, two);
    TraceFile.write(trace.prefix(3), two);
    two.write('!');
    InputStream in = new ByteArrayInputStream(two.toByteArray());
    assertSame(TraceFile.read(in), trace);
    assertSame(TraceFile.read(in), trace.prefix(3));
    assertThat(in.read()).isEqualTo('!');
  }

  @Test
  void everyCutIsRefused() throws Exception {
    byte[] bytes = bytes(rich().prefix(60));
    for (int n = 0; n < bytes.length; n++) {
      byte[] cut = Arrays.copyOf(bytes, n);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyFlippedBitIsRefused() throws Exception {
    byte[] bytes = bytes(rich().prefix(60));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> read(flipped)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void theMessageSaysWhere() throws Exception {
    byte[] bytes = bytes(rich());
    byte[] changed = bytes.clone();
    changed[500] ^= 1;
    assertThatThrownBy(() -> read(changed))
        .hasMessage("not as it was written: in the block at byte 11, the checksum is another."
            + " Restore the file from a copy; what stands in it cannot be trusted.");
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
        .hasMessage(
            "not as it was written: in the block at byte " + (bytes.length - 8)
                + ", it is cut off. Restore the file from a copy; what stands in it cannot be trusted.");
    assertThatThrownBy(() -> read(new byte[] {'{', '}'}))
        .hasMessage("this is no trace: it begins with \"7b7d\" at byte 0, and should with"
            + " \"737465742d7472616365\" and the number of the format.");
    byte[] newer = bytes.clone();
    newer[10] = 2;
    assertThatThrownBy(() -> read(newer))
        .hasMessage("this trace has format 2 (byte 10), and this version of Stet reads format 1."
            + " Read it with the version that wrote it, or a newer one.");
  }

  /** Whoever writes right checksums round nonsense gets the same exception and no other. */
  @Property(tries = 1000, seed = "1")
  void nonsenseWithARightChecksumIsRefusedOrRead(@ForAll byte[] nonsense) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Arrays.copyOf(bytes(Recorder.of().end()), 11));
    BlockOutput blocks = new BlockOutput(out);
    blocks.bytes(nonsense);
    blocks.end();
    try {
      read(out.toByteArray()).digest();
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith("not as it was written: in the block at byte ");
    }
  }

  @Test
  void anyChangedByteWithARightChecksumIsRefusedOrRead() throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(rich().prefix(40)));
    byte[] head = in.readNBytes(11);
    in.readNBytes(4);
    byte[] content = in.readNBytes(in.available() - 12);
    for (int i = 0; i < content.length; i++) {
      for (int value : new int[] {0, 2, 0xff}) {
        byte[] changed = content.clone();
        changed[i] = (byte) value;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        BlockOutput blocks = new BlockOutput(out);
        blocks.bytes(changed);
        blocks.end();
        try {
          read(out.toByteArray()).digest();
        } catch (IOException refused) {
          assertThat(refused)
              .hasMessageStartingWith("not as it was written: in the block at byte ");
        }
      }
    }
  }

  @Test
  void aLongSeriesTakesAboutTenBytesARecord() throws Exception {
    Recorder recorder = Recorder.of();
    RandomStream stream = Seed.of(1).stream();
    recorder.stream("noise", stream);
    for (int i = 0; i < 100_000; i++) {
      recorder.record("loss", stream.nextGaussian());
    }
    Trace trace = recorder.end();
    assertThat(bytes(trace)).hasSizeLessThan(1_110_000);
    assertSame(read(bytes(trace)), trace);
  }

  @Test
  void aFailingStreamFailsTheWrite() throws Exception {
    Trace trace = rich();
    OutputStream full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    assertThatThrownBy(() -> TraceFile.write(trace, full)).hasMessage("No space left on device");
  }
}
