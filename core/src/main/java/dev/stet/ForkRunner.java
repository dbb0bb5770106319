package dev.stet;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.DataDigest;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fork.CarriedThrowable;
import dev.stet.fork.ForkEnd;
import dev.stet.fork.ForkPool;
import dev.stet.fork.JvmChange;
import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.spi.TrialObservations;
import dev.stet.trace.Recorder;
import dev.stet.trace.Trace;
import dev.stet.trace.TraceFile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Runs each trial in a child JVM, which is used again: what ends one of them costs one trial. */
final class ForkRunner<C> implements Runner<C> {
  private static final String AGENT = "-javaagent:";

  private final ForkPool pool;
  private final Optional<Duration> limit;

  /** Forms that a child sent, by digest; shared by the fingerprints of all runs. */
  private final Map<String, CanonicalForm> forms = new ConcurrentHashMap<>();

  private ForkRunner(ForkPool pool, Optional<Duration> limit) {
    this.pool = pool;
    this.limit = limit;
  }

  /**
   * Makes a runner for the trials of one experiment, whatever their config.
   *
   * @throws IllegalStateException if the experiment's body cannot travel; the message names what it captured
   */
  static <C> ForkRunner<C> of(Execution<C> execution, Optional<Duration> limit) {
    return of(execution, limit, JvmChange.NONE);
  }

  /** Makes a runner in JVMs that are unlike this one in what is said, and watched as this one is. */
  static <C> ForkRunner<C> of(Execution<C> execution, Optional<Duration> limit, JvmChange change) {
    JvmChange watched = change.withOptions(Watcher.jvmOptions());
    return new ForkRunner<>(ForkPool.of(TrialTask.of(execution), watched), limit);
  }

  /** What the fingerprint of a trial that would run here is in a child JVM, which has no agent but that of a guard. */
  static Fingerprint there(Fingerprint here) {
    if (!(here.form(Facet.RUNTIME).value() instanceof Map<?, ?> runtime)) {
      return here;
    }
    Map<String, Object> guard = Watcher.childSettings();
    Map<Object, Object> copy = new HashMap<>(runtime);
    copy.put("agents", agents(Watcher.jvmOptions()));
    copy.put("guard", guard.isEmpty() ? false : guard);
    return here.with(Facet.RUNTIME, CanonicalForm.of(copy));
  }

  /** As the child will find them; an agent that cannot be read here is one that it cannot start with. */
  private static List<?> agents(List<String> options) {
    return options.stream()
        .filter(option -> option.startsWith(AGENT))
        .map(option -> Path.of(option.substring(AGENT.length()).split("=", 2)[0]))
        .map(jar -> Map.of(
            "jar",
            String.valueOf(jar.getFileName()),
            "sha256",
            DataDigest.of("agent", jar).sha256()))
        .toList();
  }

  @Override
  public Run run(Execution<C> execution, Seed seed, Beginning beginning)
      throws InterruptedException {
    return new Conversation(execution, seed, beginning).run();
  }

  @Override
  public void close() {
    pool.close();
  }

  /** One trial, seen from here. */
  private final class Conversation {
    private final Execution<C> execution;
    private final Seed seed;
    private final Beginning beginning;
    private @Nullable Fingerprint fingerprint;
    private long start;

    Conversation(Execution<C> execution, Seed seed, Beginning beginning) {
      this.execution = execution;
      this.seed = seed;
      this.beginning = beginning;
    }

    Run run() throws InterruptedException {
      byte[] request =
          TrialTask.written(TrialTask.Request.of(seed, execution.config().form()));
      ForkEnd end = pool.run(request, this::begun, limit, beginning::isLeaving);
      Fingerprint known = fingerprint;
      if (known == null) {
        throw notBegun(end);
      }
      if (end instanceof ForkEnd.Answered answered) {
        return answered(known, answered.answer());
      }
      if (end instanceof ForkEnd.TimedOut timedOut) {
        return timedOut(known, timedOut);
      }
      Throwable failure = end instanceof ForkEnd.Threw threw
          ? threw.failure()
          : new LostTrialException(((ForkEnd.Died) end).how());
      return ended(known, Recorder.of().end(), failure, sinceStart(), Observation.EMPTY);
    }

    private byte[] begun(byte[] message) {
      TrialTask.Begun begun = (TrialTask.Begun) TrialTask.read(message);
      begun
          .forms()
          .forEach(
              (digest, json) -> forms.computeIfAbsent(digest, any -> CanonicalForm.parse(json)));
      Map<Facet, CanonicalForm> all = new EnumMap<>(Facet.class);
      begun.digests().forEach((label, digest) -> {
        Facet facet = Facet.parse(label);
        all.put(facet, form(facet, digest));
      });
      Fingerprint noted = Fingerprint.ofForms(all, begun.informational());
      byte[] reply = TrialTask.written(beginning.noted(noted));
      fingerprint = noted;
      start = System.nanoTime();
      return reply;
    }

    /** Config and seed are known here, with the types of numbers that a text would lose. */
    private CanonicalForm form(Facet facet, String digest) {
      CanonicalForm form = switch (facet) {
        case CONFIG -> execution.config().form();
        case SEED -> Recipe.form(seed);
        default -> forms.get(digest);
      };
      if (form == null || !form.digest().equals(digest)) {
        throw new IllegalStateException("the forked JVM read another " + facet.label()
            + " than this one; run the study on threads to see what it is here.");
      }
      return form;
    }

    private RuntimeException notBegun(ForkEnd end) {
      if (end instanceof ForkEnd.Threw threw) {
        Throwable failure = threw.failure();
        com.google.common.base.Throwables.throwIfUnchecked(failure);
        return new IllegalStateException(
            "the trial with seed " + seed + " could not begin in its JVM: " + failure, failure);
      }
      String how = end instanceof ForkEnd.Died died ? died.how() : end.toString();
      return new IllegalStateException("the JVM for the trial with seed " + seed
          + " ended before the trial began, three times in a row: " + how
          + "\nRun the study on threads to see whether the experiment can begin at all.");
    }

    private Run answered(Fingerprint known, byte[] answer) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer))) {
        Duration duration = Duration.ofNanos(in.readLong());
        byte[] failure = in.readNBytes(in.readInt());
        byte[] seen = in.readNBytes(in.readInt());
        Trace trace = TraceFile.read(in);
        return new Run(
            execution.experiment(),
            seed,
            known,
            trace,
            failure.length == 0 ? null : thrown(failure),
            duration,
            seen.length == 0 ? Observation.EMPTY : (Observation) TrialTask.read(seen));
      } catch (IOException e) {
        throw new IllegalStateException("what a forked JVM answered cannot be read: " + e, e);
      }
    }

    private Throwable thrown(byte[] failure) {
      return CarriedThrowable.read(failure, execution.body().getClass().getClassLoader());
    }

    /** What the body recorded until it was interrupted is kept, if it heeded that. */
    private Run timedOut(Fingerprint known, ForkEnd.TimedOut end) {
      Optional<Run> last = end.answer().map(answer -> answered(known, answer));
      Throwable cause = last.flatMap(Run::failure).orElse(null);
      return ended(
          known,
          last.map(Run::trace).orElseGet(() -> Recorder.of().end()),
          new TrialTimeoutException(end.limit(), cause),
          last.map(Run::duration).orElseGet(this::sinceStart),
          last.map(Run::observation).orElse(Observation.EMPTY));
    }

    private Duration sinceStart() {
      return Duration.ofNanos(System.nanoTime() - start);
    }

    private Run ended(
        Fingerprint known,
        Trace trace,
        @Nullable Throwable failure,
        Duration duration,
        Observation seen) {
      TrialObservations.add(seen);
      return new Run(execution.experiment(), seed, known, trace, failure, duration, seen);
    }
  }
}
