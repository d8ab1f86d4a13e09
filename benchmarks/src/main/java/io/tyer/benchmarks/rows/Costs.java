package io.tyer.benchmarks.rows;

import com.sun.management.OperatingSystemMXBean;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Board.Word;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.ServerGauge;
import io.tyer.benchmarks.server.ServerUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CPU time that is spent while something is measured, by the players and by their server. */
final class Costs implements AutoCloseable {

  private static final String CLIENT = "client_cpu_us";
  private static final String SERVER = "server_cpu_us";

  static final List<Figure> FIGURES = figures("pair");

  private final Board board;
  private final @Nullable ServerGauge server;
  private long processStart;
  private @Nullable ServerUse serverStart;

  /** By so many of what the threads report. */
  static List<Figure> figures(String what) {
    return List.of(
        Figure.less(CLIENT, "client CPU µs/" + what).ifKnown(),
        Figure.less(SERVER, "server CPU µs/" + what).ifKnown());
  }

  /** For one player of each process; the first one looks after the server, too. */
  Costs(Stage stage) throws IOException {
    this.board = stage.board();
    this.server =
        stage.first() && Places.isServer(stage.place()) ? ServerGauge.at(stage.place()) : null;
  }

  void start() throws IOException {
    serverStart = server == null ? null : server.use();
    processStart = process();
  }

  /** What was spent since the start stands on the board then. */
  void stop() throws IOException {
    board.add(Word.CLIENT_CPU, process() - processStart);
    if (server != null && serverStart != null) {
      board.add(Word.SERVER_CPU, (long) server.use().since(serverStart).cpuNanos());
    }
  }

  private static long process() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** The figures, once all threads have reported. */
  static Map<String, Double> perPair(Board board, int threads) {
    long pairs = 0;
    for (int i = 0; i < threads; i++) {
      pairs += board.count(i);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (pairs == 0) {
      return figures;
    }
    figures.put(CLIENT, board.get(Word.CLIENT_CPU) / 1e3 / pairs);
    long serverNanos = board.get(Word.SERVER_CPU);
    if (serverNanos > 0) {
      figures.put(SERVER, serverNanos / 1e3 / pairs);
    }
    return figures;
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
