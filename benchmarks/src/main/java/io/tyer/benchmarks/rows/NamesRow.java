package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether a pair costs more when many names have been used: a store in which they were, beside a
 * new one, in turns.
 */
record NamesRow(String name) implements Row {

  private static final String GROWTH = "growth";
  private static final String NEW = "new_us";
  private static final String USED = "used_us";
  private static final String NAMES = "names";
  private static final String HEAP = "heap_bytes_per_name";

  @Override
  public String title() {
    return "a pair after many names were used once each, beside a pair on a new store";
  }

  @Override
  public Kind kind() {
    return Kind.GROWTH;
  }

  @Override
  public List<Figure> figures() {
    return List.of(
        Figure.less(GROWTH, "cost, used / new"),
        Figure.less(NEW, "new: µs a pair"),
        Figure.less(USED, "used: µs a pair"),
        Figure.less(HEAP, "bytes of heap left per name"),
        Figure.neither(NAMES, "names used"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.PAIRS, Subject.Ability.TAKES_OPTIONS);
  }

  @Override
  public boolean suits(Address address, Subject subject) {
    // Under bias each name used is a ticket kept.
    return Row.super.suits(address, subject) && Places.hasSecond(address) && !address.biased();
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    Effort effort = stage.effort();
    Address second = Places.second(stage.place());
    Places.make(second);
    Subject other = Subjects.of(second);
    try (Client used = stage.subject().open();
        Client unused = other.open()) {
      Slices slices = new Slices(effort);
      Mutex inUsed = used.mutex("always");
      Mutex inNew = unused.mutex("always");
      long warmUp = TimeUnit.MILLISECONDS.toNanos(effort.warmUpMillis()) / 2;
      Slices.during(inUsed, warmUp);
      Slices.during(inNew, warmUp);
      Map<String, Double> figures = new LinkedHashMap<>();
      long before = Heap.used();
      int names = 0;
      for (int step = 1_000; step <= effort.names(); step *= 10) {
        for (; names < step; names++) {
          used.mutex("once-" + names).pair();
        }
        Slices.Cost[] costs = slices.compare(inNew, inUsed);
        figures.put("growth_" + step, costs[1].nanos() / costs[0].nanos());
        figures.put(GROWTH, costs[1].nanos() / costs[0].nanos());
        figures.put(NEW, costs[0].nanos() / 1e3);
        figures.put(USED, costs[1].nanos() / 1e3);
      }
      figures.put(HEAP, (double) (Heap.used() - before) / names);
      figures.put(NAMES, (double) names);
      return figures;
    }
  }
}
