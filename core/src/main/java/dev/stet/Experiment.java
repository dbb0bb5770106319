package dev.stet;

import static java.util.Objects.requireNonNull;

import dev.stet.fingerprint.CapturedConfig;
import dev.stet.fingerprint.ConfigReader;
import dev.stet.fingerprint.DataDigest;
import dev.stet.fingerprint.Facet;
import dev.stet.fingerprint.Fingerprint;
import dev.stet.fingerprint.Settings;
import dev.stet.ledger.Ledger;
import dev.stet.ledger.RunRecord;
import dev.stet.ledger.RunStatus;
import dev.stet.seeds.Seed;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named function from a config and a trial to recorded results: the user's training loop, wrapped.
 *
 * <p>An experiment is declared once, usually as a constant, and does nothing until it is {@linkplain #run run}. It is
 * immutable: {@link #data}, {@link #code}, {@link #settings} and {@link #ledger} return a new one.
 *
 * <p><b>What is captured.</b> Before the body runs, its config, seed, declared data, code and environment are taken
 * into a {@link Fingerprint}. The code is what the body reaches under the experiment's root packages: by default the
 * first two segments of the package that holds the body.
 *
 * <p><b>What is not promised.</b> A rerun shows that this trial gave the same bits so many times, here; it does not
 * prove that it always will.
 *
 * <p><b>Threads.</b> An experiment may be run by many threads at once if its body may.
 *
 * @param <C> the type of the config: a record, a bean, or a map for {@link #ofMap}
 * @since 0.1
 */
public final class Experiment<C> {
  /**
   * The training loop. It is serialisable so that what it captures is known and can travel to another JVM: a lambda
   * that uses a local variable carries that variable's value, and the value becomes part of the fingerprint.
   *
   * @param <C> the type of the config
   */
  @FunctionalInterface
  public interface Body<C> extends Serializable {
    /**
     * Runs the loop once.
     *
     * @param config the settings; a record as it was given if nothing in it can change, else a copy of this trial's own
     * @param trial the handle that gives randomness and takes results
     * @throws Exception whatever goes wrong; the run is then FAILED
     */
    void run(C config, Trial trial) throws Exception;
  }

  private final String name;
  private final ConfigReader<C> configs;
  private final Body<C> body;
  private final Recipe recipe;
  private final @Nullable Ledger ledger;

  private Experiment(
      String name, ConfigReader<C> configs, Body<C> body, Recipe recipe, @Nullable Ledger ledger) {
    this.name = name;
    this.configs = configs;
    this.body = body;
    this.recipe = recipe;
    this.ledger = ledger;
  }

  /**
   * Declares an experiment whose config is a record or a bean.
   *
   * @param <C> the type of the config
   * @param name what to call it in messages and files, such as {@code digits-mlp}; not blank
   * @param configType the class of the config
   * @param body the training loop
   * @return the experiment
   * @throws IllegalArgumentException if the name is blank or the class cannot be a config
   */
  public static <C> Experiment<C> of(String name, Class<C> configType, Body<C> body) {
    return new Experiment<>(
        checked(name), ConfigReader.of(configType), checked(body), Recipe.of(name, body), null);
  }

  /**
   * Declares an experiment whose config is a map from names to values.
   *
   * @param name what to call it in messages and files; not blank
   * @param body the training loop
   * @return the experiment
   * @throws IllegalArgumentException if the name is blank
   */
  public static Experiment<Map<String, Object>> ofMap(String name, Body<Map<String, Object>> body) {
    return new Experiment<>(
        checked(name), ConfigReader.ofMap(), checked(body), Recipe.of(name, body), null);
  }

  private static String checked(String name) {
    if (requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("an experiment's name must not be blank; got \"" + name
          + "\". Name what it is, such as \"digits-mlp\".");
    }
    return name;
  }

  private static <C> Body<C> checked(Body<C> body) {
    return requireNonNull(body, "body");
  }

  /**
   * Declares data that the body reads. Its content is hashed before each run and the body finds it by
   * {@link Trial#data(String)}.
   *
   * @param dataName what to call it, such as {@code digits}; the fingerprint holds this name and not the path
   * @param path a file or a folder
   * @return an experiment with this data added
   * @throws IllegalArgumentException if the name is blank or already declared
   */
  public Experiment<C> data(String dataName, Path path) {
    return data(dataName, path, DataDigest.Reading.CACHED);
  }

  /**
   * Declares data that the body reads, and whether its content may be remembered while path, size and time of change
   * stay the same.
   *
   * @param dataName what to call it, such as {@code digits}
   * @param path a file or a folder
   * @param reading {@code CACHED}, the default, or {@code ALWAYS} to read the whole content before each run
   * @return an experiment with this data added
   * @throws IllegalArgumentException if the name is blank or already declared
   */
  public Experiment<C> data(String dataName, Path path, DataDigest.Reading reading) {
    return with(recipe.withData(dataName, path, reading));
  }

  /**
   * Declares which packages hold the experiment's code, in place of the first two segments of the body's package.
   *
   * @param rootPackages one or more packages; their sub-packages belong to them; {@code ""} is the unnamed package
   * @return an experiment with these root packages
   * @throws IllegalArgumentException if there is none or one is blank
   */
  public Experiment<C> code(String... rootPackages) {
    return with(recipe.withRoots(List.of(rootPackages)));
  }

  /**
   * Declares which system properties and environment variables the result depends on, in place of none.
   *
   * @param settings the choice
   * @return an experiment with these settings in its fingerprint
   */
  public Experiment<C> settings(Settings settings) {
    return with(recipe.withSettings(settings));
  }

  private Experiment<C> with(Recipe changed) {
    return new Experiment<>(name, configs, body, changed, ledger);
  }

  /**
   * Puts every run, attempt and rerun from now on on record, from before its body runs until it has ended, and lets
   * trials save {@linkplain Trial#checkpoint checkpoints} there. {@link #rerunFirst} runs no whole trial and is not put
   * on record.
   *
   * @param runs where to; to be closed by whoever opened it
   * @return an experiment whose runs are on record
   */
  public Experiment<C> ledger(Ledger runs) {
    return new Experiment<>(name, configs, body, recipe, requireNonNull(runs, "ledger"));
  }

  /**
   * Returns the experiment's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Runs one trial in this thread. If the body throws, that very throwable is thrown on, checked or not, and a
   * {@link FailedRunException} with the failed run is attached to it as suppressed.
   *
   * @param config the settings
   * @param seed the root of all randomness
   * @return the completed run
   * @throws IllegalArgumentException if the config cannot be read; the message names the field
   */
  public Run run(C config, Seed seed) {
    Run run = attempt(config, seed);
    run.failure().ifPresent(failure -> {
      throw FailedRunException.attachedTo(failure, run);
    });
    return run;
  }

  /**
   * Runs one trial in this thread and returns the run however it ended: what the body threw is in
   * {@link Run#failure()}.
   *
   * @param config the settings
   * @param seed the root of all randomness
   * @return the run, completed or failed
   * @throws IllegalArgumentException if the config cannot be read; the message names the field
   */
  public Run attempt(C config, Seed seed) {
    requireNonNull(seed, "seed");
    return run(execution(configs.read(config)), seed, OnRecord.Origin.of(Map.of()));
  }

  private Run run(Execution<C> execution, Seed seed, OnRecord.Origin origin) {
    return ledger == null ? execution.run(seed) : OnRecord.run(ledger, execution, seed, origin);
  }

  /**
   * Goes on with a run that did not complete, in this process or a later one: from its last checkpoint if its body saved
   * one, else from its beginning. It ends in the bits of a run that was never interrupted. With a ledger the resumed run
   * is a run of its own there, linked to the one that it resumes, and saves checkpoints itself; the earlier run stays as
   * it is, and its checkpoints are deleted once the resumed run has completed.
   *
   * <p>A checkpoint is read by Java's serialisation if it was written so: resume from ledgers that you trust.
   *
   * @param record a run of this experiment that was interrupted or failed
   * @return the run, completed or failed; its duration is that of what was left to do
   * @throws IllegalArgumentException if the run is of another experiment, or its config does not fit this one's any more
   * @throws IllegalStateException if the run has completed or is running; or if code, data, libraries, the Java runtime
   *     or anything else that determines it has changed, and the message tells what
   */
  public Run resume(RunRecord record) {
    return resume(record, true);
  }

  /**
   * Does what {@link #resume} does, and does it too when what determines the run has changed. Its result is then that of
   * no one recipe, and a rerun may well differ.
   *
   * @param record a run of this experiment that was interrupted or failed
   * @return the run, completed or failed
   * @throws IllegalArgumentException if the run is of another experiment, or its config does not fit this one's any more
   * @throws IllegalStateException if the run has completed or is running
   */
  public Run resumeAnyway(RunRecord record) {
    return resume(record, false);
  }

  private Run resume(RunRecord record, boolean unchanged) {
    Resumption.requireResumable(record);
    Execution<C> execution = execution(configOf(record.experiment(), record.fingerprint()));
    if (unchanged) {
      Resumption.requireUnchanged(record, execution.fingerprint(record.seed()));
    }
    OnRecord.Origin origin = Resumption.origin(record, ledger);
    return ledger == null
        ? execution.resume(record.seed(), origin.from())
        : run(execution, record.seed(), origin);
  }

  /**
   * Runs the trial of a run on record again, as {@link Reruns#standard()} says, and compares bit for bit.
   *
   * @param record a run of this experiment that completed or failed
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment, or its config does not fit this one's any more
   * @throws IllegalStateException if the run did not come to its own end, so that there is nothing to compare
   */
  public Rerun rerun(RunRecord record) {
    return rerun(record, Reruns.standard());
  }

  /**
   * Runs the trial of a run on record several times more in this JVM and compares each with it bit for bit.
   *
   * @param record a run of this experiment that completed or failed
   * @param times how often, at least 1
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment, its config does not fit this one's any more or
   *     times is not positive
   * @throws IllegalStateException if the run did not come to its own end, so that there is nothing to compare
   */
  public Rerun rerun(RunRecord record, int times) {
    return rerun(record, Reruns.inThisJvm(times));
  }

  /**
   * Runs the trial of a run on record again and compares each rerun with it bit for bit.
   *
   * @param record a run of this experiment that completed or failed
   * @param how how often, and where
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment, or its config does not fit this one's any more
   * @throws IllegalStateException if the run did not come to its own end, so that there is nothing to compare; or if fresh
   *     JVMs are asked for and the body cannot travel there, or none can be started
   */
  public Rerun rerun(RunRecord record, Reruns how) {
    return rerun(ended(record), how);
  }

  private static Run ended(RunRecord record) {
    if (record.status() != RunStatus.COMPLETED && record.status() != RunStatus.FAILED) {
      throw new IllegalStateException(
          "the run " + record + " is " + record.status().label()
              + " and has no end to compare a rerun with. Resume it, or run the trial anew.");
    }
    return RecordedRun.of(record);
  }

  /**
   * Runs the trial of a run again, as {@link Reruns#standard()} says, and compares bit for bit: once in this JVM; in
   * continuous integration five times in fresh JVMs. One rerun misses a nondeterminism that shows in a quarter of all
   * runs six times in ten.
   *
   * @param run a run of this experiment
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment
   */
  public Rerun rerun(Run run) {
    return rerun(run, Reruns.standard());
  }

  /**
   * Runs the trial of a run several times more in this JVM and compares each with it bit for bit.
   *
   * @param run a run of this experiment
   * @param times how often, at least 1
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment or times is not positive
   */
  public Rerun rerun(Run run, int times) {
    return rerun(run, Reruns.inThisJvm(times));
  }

  /**
   * Runs the trial of a run again and compares each rerun with it bit for bit.
   *
   * @param run a run of this experiment
   * @param how how often, and where
   * @return what the comparison found
   * @throws IllegalArgumentException if the run is of another experiment
   * @throws IllegalStateException if fresh JVMs are asked for and the body cannot travel there, or none can be started; the
   *     message says why
   */
  public Rerun rerun(Run run, Reruns how) {
    return rerunning(run).rerun(requireNonNull(how, "how"));
  }

  private Rerunning<C> rerunning(Run run) {
    return new Rerunning<>(execution(configOf(run)), ledger, run);
  }

  /**
   * Looks for hidden dependence with all {@linkplain Knob knobs}, as {@link #perturb(Run, Knobs)} does.
   *
   * @param run a run of this experiment
   * @return which knobs change the bits
   * @throws IllegalArgumentException if the run is of another experiment
   * @throws IllegalStateException if the body cannot travel to another JVM, or none can be started
   */
  public Perturbation perturb(Run run) {
    return perturb(run, Knobs.all());
  }

  /**
   * Looks for hidden dependence of a run on record, as {@link #perturb(Run, Knobs)} does.
   *
   * @param record a run of this experiment that completed or failed
   * @param knobs which, after how many plain reruns
   * @return which knobs change the bits
   * @throws IllegalArgumentException if the run is of another experiment, or its config does not fit this one's any more
   * @throws IllegalStateException if the run did not come to its own end; or if the body cannot travel to another JVM, or
   *     none can be started
   */
  public Perturbation perturb(RunRecord record, Knobs knobs) {
    return perturb(ended(record), knobs);
  }

  /**
   * Looks for hidden dependence: reruns the trial in fresh JVMs, first plainly, then with one knob turned in each, such as
   * the locale or the garbage collector, and says which knobs change the bits. The JVMs are like this one, and where the
   * run was made elsewhere they have its locale, time zone, charset, processors, parallelism and garbage collector. If the
   * plain reruns differ among themselves no knob is turned. These runs are not put on record.
   *
   * <p>It takes a JVM for each plain rerun and each knob, one after the other; a knob that makes the trial more than 50 times
   * slower, and slower than a minute, is given up.
   *
   * @param run a run of this experiment
   * @param knobs which, after how many plain reruns
   * @return which knobs change the bits
   * @throws IllegalArgumentException if the run is of another experiment
   * @throws IllegalStateException if the body cannot travel to another JVM, or none can be started
   */
  public Perturbation perturb(Run run, Knobs knobs) {
    Rerunning<C> unrecorded = new Rerunning<>(execution(configOf(run)), null, run);
    return new Perturbing<>(unrecorded, run, requireNonNull(knobs, "knobs")).perturbed();
  }

  /**
   * Runs the beginning of a trial once more: up to its n-th record. The body is stopped there by an error of ours on
   * its own thread; if it swallows that, it runs to its end and the beginning is compared all the same.
   *
   * @param run a run of this experiment
   * @param records how many records to compare, at least 1
   * @return what the comparison of the first {@code records} records found
   * @throws IllegalArgumentException if the run is of another experiment or the count is not positive
   */
  public Rerun rerunFirst(Run run, int records) {
    if (records < 1) {
      throw new IllegalArgumentException("records must be at least 1; got " + records
          + ". Say how many records of the run to compare.");
    }
    Run rerun = execution(configOf(run)).runFirst(run.seed(), records);
    return RunComparison.first(run, rerun, records);
  }

  /**
   * Plans a study: the runs of this experiment over many seeds. With a ledger it is as if {@link StudyPlan#ledger} had been
   * called on the plan.
   *
   * @param config the settings of every run
   * @return a plan without seeds yet, on one thread
   * @throws IllegalArgumentException if the config cannot be read; the message names the field
   */
  public StudyPlan<C> study(C config) {
    StudyPlan<C> plan =
        new StudyPlan<>(execution(configs.read(config)), other -> execution(configs.read(other)));
    return ledger == null ? plan : plan.ledger(ledger);
  }

  private Execution<C> execution(CapturedConfig<C> config) {
    return new Execution<>(name, body, recipe, config);
  }

  private CapturedConfig<C> configOf(Run run) {
    return configOf(run.experiment(), run.fingerprint());
  }

  private CapturedConfig<C> configOf(String experiment, Fingerprint fingerprint) {
    if (!experiment.equals(name)) {
      throw new IllegalArgumentException("the run is one of " + experiment + "; this experiment is "
          + name + ". Rerun it with the experiment that ran it.");
    }
    return configs.readBack(fingerprint.form(Facet.CONFIG));
  }

  @Override
  public String toString() {
    return "experiment " + name;
  }
}
