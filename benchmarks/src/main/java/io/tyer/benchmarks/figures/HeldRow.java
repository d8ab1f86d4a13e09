package io.tyer.benchmarks.figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What it costs one client to hold many locks: heap, and requests to keep them. */
record HeldRow(String name) implements Row {

  private static final String HEAP = "heap_bytes_per_lock";
  private static final String BEATS = "beats_per_s";
  private static final String CALLS = "store_calls_per_s";
  private static final String HELD = "locks";

  private static final int FIRST = 100;

  /** Beats come every few seconds. */
  private static final long LEAST_MILLIS = 11_000;

  @Override
  public String title() {
    return "one client holds many locks: heap for each, and requests to the store that keep them"
        + " (in memory: the store's own heap is in it)";
  }

  @Override
  public Kind kind() {
    return Kind.HELD;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.less(HEAP, "bytes of heap per lock"),
        Figure.less(BEATS, "beats/s"),
        Figure.less(CALLS, "store calls/s"),
        Figure.neither(HELD, "locks held"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.HOLDS_MANY);
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Effort effort = stage.effort();
    Mutex.Held[] held = new Mutex.Held[effort.held()];
    try (Client client = stage.subject().openCounting()) {
      // What is made once, by the first locks, is no cost of each.
      for (int i = 0; i < FIRST; i++) {
        client.mutex("first-" + i).pair();
      }
      long before = Heap.used();
      for (int i = 0; i < held.length; i++) {
        held[i] = client.mutex("held-" + i).acquire();
      }
      long after = Heap.used();
      boolean quick = effort.held() < Effort.FULL.held();
      long millis = quick ? effort.measureMillis() : Math.max(LEAST_MILLIS, effort.measureMillis());
      long calls = client.storeCalls();
      long beats = client.beats();
      Pauses.millis(millis);
      double seconds = millis / 1e3;
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(HEAP, (double) (after - before) / held.length);
      figures.put(BEATS, (client.beats() - beats) / seconds);
      figures.put(CALLS, (client.storeCalls() - calls) / seconds);
      figures.put(HELD, (double) held.length);
      for (Mutex.Held one : held) {
        one.release();
      }
      return figures;
    }
  }
}
