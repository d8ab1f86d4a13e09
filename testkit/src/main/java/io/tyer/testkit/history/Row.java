package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** One lock's name and one process at a time, or one thread of it where several acquire at once. */
final class Row {

  private final String name;
  private final Set<Integer> processes = new TreeSet<>();
  private final List<Bar> bars = new ArrayList<>();
  private boolean violated;

  private Row(String name) {
    this.name = name;
  }

  String label() {
    String which = processes.toString();
    return name + " · " + which.substring(1, which.length() - 1);
  }

  Set<Integer> processes() {
    return processes;
  }

  List<Bar> bars() {
    return bars;
  }

  boolean violated() {
    return violated;
  }

  /** What is drawn of an acquire, and how long it lasts. */
  record Drawn(Acquisition acquisition, long to, List<Bar> bars) {

    private long from() {
      return acquisition.called();
    }
  }

  /** Rows for all of them, by name. Processes that follow each other share a row. */
  static List<Row> of(List<Drawn> all) {
    List<Row> rows = new ArrayList<>();
    grouped(all, drawn -> drawn.acquisition().name()).values().stream()
        .map(Row::ofName)
        .forEach(rows::addAll);
    return rows;
  }

  private static List<Row> ofName(List<Drawn> all) {
    List<List<Row>> slots = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    List<List<Drawn>> processes =
        new ArrayList<>(grouped(all, drawn -> drawn.acquisition().process()).values());
    processes.sort(Comparator.comparingLong(its -> its.get(0).from()));
    for (List<Drawn> its : processes) {
      int slot = free(ends, its.get(0).from(), Integer.MAX_VALUE);
      if (slot == slots.size()) {
        slots.add(new ArrayList<>());
      }
      long end = Long.MIN_VALUE;
      List<Long> threads = new ArrayList<>();
      for (Drawn drawn : its) {
        int thread = free(threads, drawn.from(), 30);
        if (thread == slots.get(slot).size()) {
          slots.get(slot).add(new Row(drawn.acquisition().name()));
        }
        slots.get(slot).get(thread).add(drawn);
        threads.set(thread, Math.max(threads.get(thread), drawn.to()));
        end = Math.max(end, drawn.to());
      }
      ends.set(slot, end);
    }
    return slots.stream().flatMap(List::stream).toList();
  }

  private void add(Drawn drawn) {
    processes.add(drawn.acquisition().process());
    bars.addAll(drawn.bars());
    violated |= drawn.bars().stream().anyMatch(Bar::violated);
  }

  /** The first place that has ended by then, or a new one; the last, if there are so many. */
  private static int free(List<Long> ends, long from, int limit) {
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) <= from) {
        return i;
      }
    }
    if (ends.size() == limit) {
      return limit - 1;
    }
    ends.add(Long.MIN_VALUE);
    return ends.size() - 1;
  }

  /** In the order of their calls, by a key that can be sorted. */
  private static <K extends Comparable<K>> Map<K, List<Drawn>> grouped(
      List<Drawn> all, Function<Drawn, K> key) {
    List<Drawn> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparing(key).thenComparing(Drawn::from));
    Map<K, List<Drawn>> groups = new LinkedHashMap<>();
    for (Drawn drawn : sorted) {
      groups.computeIfAbsent(key.apply(drawn), it -> new ArrayList<>()).add(drawn);
    }
    return groups;
  }
}
