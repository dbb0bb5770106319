package dev.stet.ledger;

import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.spi.Observation;
import dev.stet.trace.Trace;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two lines of a run. The second repeats what the first says, so that one line tells the whole run to whoever reads
 * the file with other tools.
 */
record RunLines(String id, RunStart start, String started, String sheet, String config) {
  static RunLines of(String id, RunStart start, Instant started, String sheet) {
    Fingerprint fingerprint = start.fingerprint();
    String config = fingerprint.facets().contains(Facet.CONFIG)
        ? fingerprint.form(Facet.CONFIG).json()
        : "";
    return new RunLines(id, start, time(started), sheet, config);
  }

  String experiment() {
    return start.experiment();
  }

  byte[] begun() {
    LineText line = head("started", RunStatus.RUNNING);
    addConfig(line);
    addIdentity(line);
    return line.bytes();
  }

  /** How a run ended. */
  record End(
      RunStatus status,
      @Nullable RunFailure failure,
      Trace trace,
      Duration duration,
      Observation seen) {}

  byte[] ended(End end, Instant now, TraceStore traces) throws IOException {
    LineText line = head("ended", end.status);
    line.text("ended", time(now)).json("seconds", seconds(end.duration));
    addConfig(line);
    line.numbers("metrics", end.trace.lastValues());
    // The trace has its file before the line names it.
    String data = traces.keep(id, end.trace, line);
    addIdentity(line);
    if (end.failure != null) {
      addFailure(line, end.failure);
    }
    FindingsText.add(line, end.seen);
    if (!data.isEmpty()) {
      line.text("trace_data", data);
    }
    return line.bytes();
  }

  /** The line that makes a run on record part of a study too. */
  static byte[] reused(RunRecord run, String study) {
    return LineText.of("reused")
        .text("id", run.id())
        .text("experiment", run.experiment())
        .text("study", study)
        .text("status", run.status().text())
        .bytes();
  }

  private LineText head(String kind, RunStatus status) {
    LineText line = LineText.of(kind).text("id", id).text("experiment", start.experiment());
    start.study().ifPresent(study -> line.text("study", study));
    return line.text("status", status.text())
        .text("seed", start.seed().toString())
        .text("started", started);
  }

  private void addConfig(LineText line) {
    if (!config.isEmpty()) {
      line.json("config", config);
    }
  }

  private void addIdentity(LineText line) {
    Map<String, String> links = new LinkedHashMap<>();
    start.links().forEach((link, other) -> links.put(link.text(), other));
    if (!links.isEmpty()) {
      line.texts("links", links);
    }
    line.text("recipe", start.fingerprint().recipe())
        .text("fingerprint", start.fingerprint().digest())
        .text("facets", sheet);
  }

  private static void addFailure(LineText line, RunFailure failure) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("type", failure.type());
    texts.put("message", failure.message());
    texts.put("stack_trace", failure.stackTrace());
    line.texts("failure", texts);
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), 9))
        .toPlainString();
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
