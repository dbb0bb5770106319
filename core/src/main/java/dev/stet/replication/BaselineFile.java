package dev.stet.replication;

import dev.stet.fingerprint.Fingerprint;
import dev.stet.replication.Baseline.Location;
import dev.stet.seeds.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of a baseline. Version 1 of its format is described in {@code docs/analysis.md}. */
final class BaselineFile {
  static final int VERSION = 1;

  private static final String FORMAT = "stet-baseline";
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private static final AtomicLong WRITES = new AtomicLong();

  private BaselineFile() {}

  static void write(Baseline baseline, Path file) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new BaselineException("a baseline needs the path of a file; got " + file
          + ". Name one, such as src/test/resources/baselines/my-experiment.json.");
    }
    try {
      Files.createDirectories(folder);
      Path temporary = folder.resolve(temporaryName(target));
      try {
        Files.writeString(
            temporary,
            text(baseline),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
        move(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new BaselineException(
          "cannot write the baseline " + file.getFileName() + ": " + e
              + ". Check that its directory exists and can be written.",
          e);
    }
  }

  /** A name that no other process or thread uses; a temporary file of the system's own would be readable to us alone. */
  private static String temporaryName(Path target) {
    return "." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
        + WRITES.incrementAndGet() + ".tmp";
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static String text(Baseline baseline) {
    Sample sample = baseline.sample();
    Metric metric = sample.metric();
    StringBuilder out = new StringBuilder("{\n");
    out.append("  \"format\": ").append(quoted(FORMAT)).append(",\n");
    out.append("  \"version\": ").append(VERSION).append(",\n");
    out.append("  \"experiment\": ").append(quoted(sample.experiment())).append(",\n");
    out.append("  \"metric\": ").append(quoted(metric.name())).append(",\n");
    metric
        .direction()
        .ifPresent(
            d -> out.append("  \"direction\": ").append(quoted(d.toString())).append(",\n"));
    out.append("  \"reduction\": ")
        .append(quoted(metric.reduction().toString()))
        .append(",\n");
    metric
        .resolution()
        .ifPresent(r -> out.append("  \"resolution\": ").append(number(r)).append(",\n"));
    body(out, baseline, "  ");
    if (baseline.first() != null) {
      out.append(",\n  \"successions\": ").append(baseline.successions());
      out.append(",\n  \"anchor\": {\n");
      body(out, baseline.first(), "    ");
      out.append("\n  }");
    }
    return out.append("\n}\n").toString();
  }

  private static void body(StringBuilder out, Baseline baseline, String indent) {
    Sample sample = baseline.sample();
    Location location = baseline.location();
    out.append(indent).append("\"location\": {\"estimate\": ").append(number(location.estimate()));
    out.append(", \"lower\": ").append(number(location.lower()));
    out.append(", \"upper\": ").append(number(location.upper())).append("},\n");
    out.append(indent)
        .append("\"selection\": {\"configsTried\": ")
        .append(sample.selection().configsTried());
    out.append(", \"bySeedsOfSample\": ")
        .append(sample.selection().bySeedsOfSample())
        .append("},\n");
    out.append(indent).append("\"counts\": {\"runs\": ").append(sample.size());
    out.append(", \"failed\": ").append(sample.failures()).append("},\n");
    out.append(indent).append("\"runs\": [\n").append(indent).append("  ");
    List<String> runs =
        sample.runs().stream().sorted(order()).map(BaselineFile::run).toList();
    out.append(String.join(",\n" + indent + "  ", runs))
        .append('\n')
        .append(indent)
        .append(']');
    sample
        .fingerprint()
        .ifPresent(fingerprint -> out.append(",\n")
            .append(indent)
            .append("\"fingerprint\": ")
            .append(nested(fingerprint, indent)));
  }

  private static String nested(Fingerprint fingerprint, String indent) {
    return fingerprint.toJson().strip().replace("\n", "\n" + indent);
  }

  /** By seed as text, shorter first, so that plain numbers stand in their order; bare numbers by value. */
  private static Comparator<SampleRun> order() {
    return Comparator.comparingInt((SampleRun run) -> seed(run).length())
        .thenComparing(BaselineFile::seed)
        .thenComparingDouble(SampleRun::value)
        .thenComparing(SampleRun::failed);
  }

  private static String seed(SampleRun run) {
    return run.seed() == null ? "" : run.seed().toString();
  }

  private static String run(SampleRun run) {
    StringBuilder out = new StringBuilder("{");
    if (run.seed() != null) {
      out.append("\"seed\": ").append(quoted(seed(run))).append(", ");
    }
    out.append("\"value\": ").append(number(run.value()));
    if (run.failed()) {
      out.append(", \"failed\": true");
    }
    if (run.digest() != null) {
      out.append(", \"digest\": ").append(quoted(run.digest()));
    }
    return out.append('}').toString();
  }

  private static String number(double value) {
    if (Double.isFinite(value)) {
      return Decimals.shortest(value);
    }
    String name = Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    return "{\"$number\": \"" + name + "\"}";
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  static Baseline read(Path file) {
    String name = String.valueOf(file.getFileName());
    String text = content(file, name);
    if (text.isBlank()) {
      throw new BaselineException(
          "the baseline " + name + " is empty. Restore it from version control, or write it anew.");
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new BaselineException(
          "the baseline " + name + " is not whole JSON: " + e.getOriginalMessage()
              + ". Restore it from version control, or write it anew.",
          e);
    }
    return new Reader(name).baseline(root);
  }

  private static String content(Path file, String name) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new BaselineException(
          "there is no baseline " + name + ": no file " + file.toAbsolutePath()
              + ". Check the path and the working directory, or write one by Baseline.of(sample).write(path), review it"
              + " and commit it.",
          e);
    } catch (IOException e) {
      throw new BaselineException(
          "cannot read the baseline " + name + ": " + e
              + ". Check that it is a readable text file in UTF-8.",
          e);
    }
  }

  /** Turns JSON into a baseline, and names the field that is wrong. */
  private record Reader(String name) {
    Baseline baseline(JsonNode root) {
      if (!root.isObject() || !FORMAT.equals(root.path("format").asString(""))) {
        throw new BaselineException(name + " is not a baseline: \"format\" must be \"" + FORMAT
            + "\". Is it the right file?");
      }
      int version = integer(root, "version");
      if (version > VERSION) {
        throw new BaselineException("the baseline " + name + " is of format " + version
            + ", and this version of Stet reads up to " + VERSION + ". Update Stet.");
      }
      if (version < 1) {
        throw new BaselineException("the baseline " + name + " is of format " + version
            + ", and the first one is 1. Restore it from version control, or write it anew.");
      }
      try {
        String experiment = text(root, "experiment");
        Metric metric = metric(root);
        JsonNode anchor = root.get("anchor");
        Baseline first = anchor == null ? null : body(anchor, "anchor.", experiment, metric, null);
        return body(root, "", experiment, metric, first);
      } catch (IllegalArgumentException e) {
        throw wrong(e.getMessage(), e);
      }
    }

    private Metric metric(JsonNode root) {
      Metric metric =
          Metric.of(text(root, "metric")).reducedBy(Reduction.parse(text(root, "reduction")));
      if (root.has("direction")) {
        Direction direction = Direction.parse(text(root, "direction"));
        metric = direction == Direction.HIGHER_IS_BETTER
            ? metric.higherIsBetter()
            : metric.lowerIsBetter();
      }
      return root.has("resolution") ? metric.withResolution(number(root, "resolution")) : metric;
    }

    private Baseline body(
        JsonNode node, String path, String experiment, Metric metric, @Nullable Baseline first) {
      List<SampleRun> runs = new ArrayList<>();
      for (JsonNode run : require(node, "runs", node.path("runs").isArray(), "a list")) {
        runs.add(run(run));
      }
      JsonNode selection = object(node, "selection");
      Sample sample = Sample.of(experiment, metric, runs)
          .withSelection(new Selection(
              integer(selection, "configsTried"), flag(selection, "bySeedsOfSample")));
      if (node.has("fingerprint")) {
        sample =
            sample.withFingerprint(Fingerprint.parse(node.get("fingerprint").toString()));
      }
      JsonNode counts = object(node, "counts");
      requireCount(path + "counts.runs", integer(counts, "runs"), sample.size(), "runs");
      requireCount(
          path + "counts.failed", integer(counts, "failed"), sample.failures(), "failed runs");
      JsonNode location = object(node, "location");
      return new Baseline(
          name,
          sample,
          new Location(
              number(location, "estimate"), number(location, "lower"), number(location, "upper")),
          first,
          first == null ? 0 : integer(node, "successions"));
    }

    private SampleRun run(JsonNode run) {
      require(run, "value", run.isObject(), "in a run, {...}");
      Seed seed = run.has("seed") ? Seed.parse(text(run, "seed")) : null;
      String digest = run.has("digest") ? text(run, "digest") : null;
      return new SampleRun(
          seed, number(run, "value"), run.has("failed") && flag(run, "failed"), digest);
    }

    private void requireCount(String field, int said, int counted, String what) {
      if (said != counted) {
        throw wrong(
            "\"" + field + "\" says " + said + ", and it holds " + counted + " " + what, null);
      }
    }

    private JsonNode object(JsonNode node, String field) {
      return require(node, field, node.path(field).isObject(), "an object");
    }

    private String text(JsonNode node, String field) {
      return require(node, field, node.path(field).isString(), "a text").asString();
    }

    private boolean flag(JsonNode node, String field) {
      return require(node, field, node.path(field).isBoolean(), "true or false").asBoolean();
    }

    private int integer(JsonNode node, String field) {
      return require(
              node,
              field,
              node.path(field).canConvertToInt() && node.path(field).isIntegralNumber(),
              "a whole number")
          .asInt();
    }

    private double number(JsonNode node, String field) {
      JsonNode value = node.path(field);
      if (value.isNumber()) {
        return value.asDouble();
      }
      String tagged = value.path("$number").asString("");
      boolean known =
          tagged.equals("NaN") || tagged.equals("Infinity") || tagged.equals("-Infinity");
      require(node, field, known, "a number");
      return Double.parseDouble(tagged);
    }

    private JsonNode require(JsonNode node, String field, boolean holds, String kind) {
      if (!holds) {
        throw wrong(
            "\"" + field + "\" must be " + kind + "; got "
                + (node.has(field) ? node.get(field) : "nothing"),
            null);
      }
      return node.path(field);
    }

    private BaselineException wrong(@Nullable String what, @Nullable Throwable cause) {
      return new BaselineException(
          "the baseline " + name + " contradicts itself or its format: " + what
              + ". It may have been edited by hand: restore it from version control, or write it anew.",
          cause);
    }
  }
}
