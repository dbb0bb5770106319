package dev.stet.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads traces that Jazzer makes up. In the build it runs the inputs that are kept; the profile {@code fuzz} looks on. */
class TraceFuzzTest {
  @FuzzTest(maxDuration = "2m")
  void anyBytesAreATraceOrRefused(byte[] bytes) {
    read(bytes);
  }

  /** Nobody guesses a checksum, so each block is given its right one and what stands in it is met. */
  @FuzzTest(maxDuration = "2m")
  void anyContentWithARightChecksumIsATraceOrRefused(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFile.begin(out, "stet-trace".getBytes(StandardCharsets.US_ASCII), 1);
    BlockOutput blocks = new BlockOutput(out);
    blocks.bytes(content);
    blocks.end();
    read(out.toByteArray());
  }

  /** What is read is a trace that is written and read again as the same. */
  private static void read(byte[] bytes) {
    Trace trace;
    try {
      trace = TraceFile.read(new ByteArrayInputStream(bytes));
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceFile.write(trace, out);
      Trace again = TraceFile.read(new ByteArrayInputStream(out.toByteArray()));
      assertThat(again.digest()).isEqualTo(trace.digest());
    } catch (IOException e) {
      throw new AssertionError("a trace that was read cannot be written and read again", e);
    }
  }
}
