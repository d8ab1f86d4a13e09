package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Pauses;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.ServerGauge;
import io.tyer.benchmarks.server.ServerUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What it costs one client to hold many locks: heap, and requests to keep them. */
record HeldRow(String name) implements Row {

  private static final String HEAP = "heap_bytes_per_lock";
  private static final String BEATS = "beats_per_s";
  private static final String CALLS = "store_calls_per_s";
  private static final String COMMANDS = "server_commands_per_s";
  private static final String SCRIPTS = "server_scripts_per_s";
  private static final String CPU = "server_cpu_ms_per_s";
  private static final String HELD = "locks";

  private static final int FIRST = 100;

  private static final long LEAST_MILLIS = 10_000;

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
        Figure.less(BEATS, "beats/s").ifKnown(),
        Figure.less(CALLS, "store calls/s").ifKnown(),
        Figure.less(COMMANDS, "server: commands/s").ifKnown(),
        Figure.less(SCRIPTS, "server: scripts/s").ifKnown(),
        Figure.less(CPU, "server: CPU ms/s").ifKnown(),
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
    Mutex.Held[] held = new Mutex.Held[stage.effort().held()];
    try (Client client = stage.subject().openToHold()) {
      // What is made once, by the first locks, is no cost of each.
      for (int i = 0; i < FIRST; i++) {
        client.mutex("first-" + i).pair();
      }
      long before = Heap.used();
      for (int i = 0; i < held.length; i++) {
        held[i] = client.mutex("held-" + i).acquire();
      }
      long after = Heap.used();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(HEAP, (double) (after - before) / held.length);
      figures.putAll(keeping(stage, client));
      figures.put(HELD, (double) held.length);
      for (Mutex.Held one : held) {
        one.release();
      }
      return figures;
    }
  }

  /** What is asked of the store while nothing is done but to hold. */
  private static Map<String, Double> keeping(Stage stage, Client client) throws Exception {
    long millis = millis(stage.effort(), client);
    Map<String, Double> figures = new LinkedHashMap<>();
    boolean counts = stage.subject().abilities().contains(Subject.Ability.COUNTS_CALLS);
    if (!Places.isServer(stage.place())) {
      figures.putAll(counts ? counted(client, millis) : Map.of());
      return figures;
    }
    try (ServerGauge server = ServerGauge.at(stage.place())) {
      ServerUse before = server.use();
      if (counts) {
        figures.putAll(counted(client, millis));
      } else {
        Pauses.millis(millis);
      }
      ServerUse use = server.use().since(before);
      double seconds = millis / 1e3;
      if (server.countsCommands()) {
        figures.put(COMMANDS, use.commands() / seconds);
        figures.put(SCRIPTS, use.scripts() / seconds);
      }
      figures.put(CPU, use.cpuNanos() / 1e6 / seconds);
    }
    return figures;
  }

  private static Map<String, Double> counted(Client client, long millis) {
    long calls = client.storeCalls();
    long beats = client.beats();
    Pauses.millis(millis);
    double seconds = millis / 1e3;
    return Map.of(
        BEATS, (client.beats() - beats) / seconds, CALLS, (client.storeCalls() - calls) / seconds);
  }

  /** Whole turns of whoever keeps them, or the rate would be one of chance. */
  private static long millis(Effort effort, Client client) {
    if (effort.held() < Effort.FULL.held()) {
      return effort.measureMillis();
    }
    long turn = client.keptEveryMillis();
    long least = Math.max(LEAST_MILLIS, effort.measureMillis());
    return (least + turn - 1) / turn * turn;
  }
}
