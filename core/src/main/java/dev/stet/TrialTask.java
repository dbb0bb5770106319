package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.CanonicalForm;
import dev.stet.fingerprint.CapturedBody;
import dev.stet.fingerprint.ConfigReader;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fork.CarriedThrowable;
import dev.stet.fork.ForkHost;
import dev.stet.fork.ForkTask;
import dev.stet.seeds.Seed;
import dev.stet.spi.Observation;
import dev.stet.trace.TraceFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trials of one experiment, in another JVM: what is sent there once.
 *
 * @param <C> the type of the config
 */
final class TrialTask<C> implements ForkTask {
  private static final long serialVersionUID = 1L;

  private final byte[] body;
  private final ConfigReader<C> configs;
  private final Recipe.Declared declared;

  // All below is of the JVM that runs the trials, and there of one thread at a time.
  private transient Experiment.@Nullable Body<C> shared;
  private transient Set<String> sent = new HashSet<>();
  private transient @Nullable Execution<C> last;

  private TrialTask(byte[] body, ConfigReader<C> configs, Recipe.Declared declared) {
    this.body = body;
    this.configs = configs;
    this.declared = declared;
  }

  /**
   * Writes an experiment down.
   *
   * @throws IllegalStateException if its body cannot travel; the message names what it captured
   */
  static <C> TrialTask<C> of(Execution<C> execution) {
    return new TrialTask<>(
        CapturedBody.of(execution.body()).bytes(),
        execution.config().reader(),
        execution.recipe().declared());
  }

  /**
   * One trial to run. The config travels as a tree, which keeps the types of numbers that a text would lose.
   *
   * @param seed the seed
   * @param config the tree
   */
  record Request(Seed seed, Serializable config) implements Serializable {
    static Request of(Seed seed, CanonicalForm config) {
      // A config's tree is a map that was made by us of values that are serialisable.
      return new Request(seed, (Serializable) requireNonNull(config.value()));
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    sent = new HashSet<>();
    Experiment.Body<C> first = bodyRead();
    // A body whose captured values can change is read anew for each trial: none finds what another
    // one left.
    shared = CapturedBody.of(first).isConstant() ? first : null;
  }

  @SuppressWarnings("unchecked") // written by of
  private Experiment.Body<C> bodyRead() throws IOException, ClassNotFoundException {
    return (Experiment.Body<C>) found(body);
  }

  @Override
  public byte[] run(byte[] request, ForkHost host) throws Exception {
    Request trial = (Request) read(request);
    Execution<C> execution = execution(CanonicalForm.of(trial.config, "config"));
    Run run = execution.run(trial.seed, new FromAfar(host));
    if (run.failure().filter(CarriedThrowable::isOutOfMemory).isPresent()) {
      host.retire();
    }
    return answer(run);
  }

  /** Notes a beginning where the study is. */
  private final class FromAfar implements Beginning {
    private final ForkHost host;

    FromAfar(ForkHost host) {
      this.host = host;
    }

    @Override
    public Checkpoints noted(Fingerprint fingerprint) {
      return begun(fingerprint, host);
    }

    @Override
    public boolean isLeaving() {
      return host.isLeaving();
    }
  }

  private Execution<C> execution(CanonicalForm config) throws IOException, ClassNotFoundException {
    Execution<C> known = last;
    if (known != null && shared != null && known.config().form().equals(config)) {
      return known;
    }
    Experiment.Body<C> own = shared == null ? bodyRead() : shared;
    Recipe recipe = known != null && shared != null ? known.recipe() : declared.with(own);
    Execution<C> next =
        new Execution<>(declared.experiment(), own, recipe, configs.readBack(config));
    last = next;
    return next;
  }

  /** Sends each form once; after that its digest is enough. */
  private Beginning.Checkpoints begun(Fingerprint fingerprint, ForkHost host) {
    Map<String, String> digests = new TreeMap<>();
    Map<String, String> forms = new TreeMap<>();
    for (Facet facet : fingerprint.facets()) {
      String digest = fingerprint.form(facet).digest();
      digests.put(facet.label(), digest);
      // The other side has these two itself.
      if (facet != Facet.CONFIG && facet != Facet.SEED && sent.add(digest)) {
        forms.put(digest, fingerprint.form(facet).json());
      }
    }
    Begun begun =
        new Begun(new TreeMap<>(digests), forms, new TreeMap<>(fingerprint.informational()));
    return (Beginning.Checkpoints) read(host.begin(written(begun)));
  }

  /**
   * The fingerprint of a run that begins: digests by facet, the forms that are new, and who runs it.
   *
   * @param digests the digest of each facet
   * @param forms the texts of those that were not sent before, by digest
   * @param informational the values that are never compared
   */
  record Begun(
      Map<String, String> digests, Map<String, String> forms, Map<String, String> informational)
      implements Serializable {}

  private static byte[] answer(Run run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(run.duration().toNanos());
      byte[] failure = run.failure().map(CarriedThrowable::write).orElse(new byte[0]);
      out.writeInt(failure.length);
      out.write(failure);
      byte[] seen =
          run.observation().equals(Observation.EMPTY) ? new byte[0] : written(run.observation());
      out.writeInt(seen.length);
      out.write(seen);
      TraceFile.write(run.trace(), out);
    }
    return bytes.toByteArray();
  }

  static byte[] written(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new IllegalStateException("what belongs to a trial cannot travel: " + e, e);
    }
    return bytes.toByteArray();
  }

  static Object read(byte[] bytes) {
    try {
      return found(bytes);
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("what another JVM wrote cannot be read: " + e, e);
    }
  }

  /** Reads what may be of a class that this JVM does not have; whoever started it says so. */
  private static Object found(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
