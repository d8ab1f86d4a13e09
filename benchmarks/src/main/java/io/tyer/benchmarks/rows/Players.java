package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Board;
import io.tyer.benchmarks.play.Effort;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The players of one process, a thread each. */
public final class Players {

  private Players() {}

  /** Plays them all; the first player's figures. */
  public static Map<String, Double> play(
      Row row, Address place, Board board, Effort effort, List<Integer> roles, int players)
      throws Exception {
    // One subject for all: locks within a JVM are shared through it.
    Address store = Places.fresh(place, "store");
    Places.make(store);
    Subject subject = Subjects.of(store);
    List<FutureTask<Map<String, Double>>> playing = new ArrayList<>();
    for (int role : roles) {
      Stage stage = new Stage(subject, place, board, effort, role, players, role == roles.get(0));
      FutureTask<Map<String, Double>> task = new FutureTask<>(() -> play(row, stage));
      playing.add(task);
      new Thread(task, "player-" + role).start();
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    ExecutionException failure = null;
    for (FutureTask<Map<String, Double>> task : playing) {
      try {
        figures.putAll(task.get());
      } catch (ExecutionException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return figures;
  }

  private static Map<String, Double> play(Row row, Stage stage) throws Exception {
    try {
      return row.play(stage);
    } catch (Exception | Error e) {
      stage.fail();
      throw e;
    }
  }
}
