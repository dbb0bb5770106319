package org.example.libraries;

import dev.stet.Experiment;
import dev.stet.Run;
import dev.stet.seeds.Seed;
import java.util.List;
import java.util.Map;

/** Runs each library in two trials of the same seed and prints what came out and what was found. */
public final class Libraries {
  private static final List<Library> ALL = List.of(
      new Libsvm(),
      new WekaBayes(),
      new JsatLogistic(),
      new JsatNetwork(),
      new SmileForest(),
      new JeneticsSearch(),
      new JeneticsPool(),
      new CommonsClusters(),
      new CommonsGenetics(),
      new JgraphtColors(),
      new EncogNetwork(),
      new ElkiMeans(),
      new JmetalSearch());

  private Libraries() {}

  public static void main(String... names) {
    for (Library library : ALL) {
      if (names.length == 0 || List.of(names).contains(library.name())) {
        try {
          print(library);
        } catch (LinkageError e) {
          System.out.println(library.name() + ".broken=" + e);
        }
      }
    }
    System.out.println("done=" + dev.stet.guard.Guard.status());
    System.exit(0); // some of them leave threads behind
  }

  private static void print(Library library) {
    Experiment<Map<String, Object>> experiment =
        Experiment.ofMap(library.name(), (config, trial) -> trial.digest("result", library.run()));
    for (String which : List.of("", ".again")) {
      Run run = experiment.run(Map.of(), Seed.of(42));
      String name = library.name() + which;
      System.out.println(
          name + "=" + run.failure().map(Object::toString).orElse(run.trace().digest()));
      run.findings()
          .forEach(one -> System.out.println(name + ".found=" + one.kind() + " " + one.treatment()
              + " " + one.api() + " " + one.place()));
    }
  }
}
