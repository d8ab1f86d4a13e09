package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One thread acquires a free lock again and again, on its own name. Releases happen, and are
 * awaited, but are not timed.
 */
record AcquireRow(String name) implements Row {

  @Override
  public String title() {
    return "one thread acquires a free lock, again and again: how long that takes; the release in"
        + " between is awaited and not timed";
  }

  @Override
  public Kind kind() {
    return Kind.ACQUIRE;
  }

  @Override
  public List<Figure> figures() {
    return Wakes.FIGURES;
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.PAIRS);
  }

  @Override
  public boolean suits(Address address, Subject subject) {
    // Under bias it asks nobody.
    return Row.super.suits(address, subject) && !address.biased();
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Samples samples = new Samples();
    try (Client client = stage.subject().open()) {
      new Phases(stage)
          .run(
              1,
              Threads.ofTheSystem(),
              thread -> {
                Mutex mutex = client.mutex("alone");
                return () -> {
                  long start = System.nanoTime();
                  Mutex.Held held = mutex.acquire();
                  long nanos = System.nanoTime() - start;
                  held.release();
                  if (Phases.measuring(stage.board())) {
                    samples.add(nanos);
                  }
                };
              });
    }
    return new LinkedHashMap<>(Wakes.figures(samples.micros()));
  }
}
