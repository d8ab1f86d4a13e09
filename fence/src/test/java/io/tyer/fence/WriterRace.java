package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Writers with growing tokens, each paused as chance will have it, write one row. */
final class WriterRace {

  private static final int WRITERS = 4;
  private static final int WRITES = 25;

  private final Place place;
  private final Guard guard;
  private final String table;
  private final AtomicLong lastToken = new AtomicLong();

  /** Writes upon those of a larger token. */
  final AtomicInteger wentBack = new AtomicInteger();

  final AtomicInteger committed = new AtomicInteger();

  /** What a writer does first in its transaction. */
  interface Guard {
    void check(Connection connection, long token) throws SQLException;
  }

  WriterRace(Place place, String table, Guard guard) {
    this.place = place;
    this.table = table;
    this.guard = guard;
  }

  void run() throws Exception {
    place
        .database()
        .execute(
            "CREATE TABLE " + table + " (id integer PRIMARY KEY, token bigint NOT NULL)",
            "INSERT INTO " + table + " VALUES (1, 0)");
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          Background.run(
              () -> {
                for (int j = 0; j < WRITES; j++) {
                  write(lastToken.incrementAndGet());
                }
              }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(60, TimeUnit.SECONDS);
    }
  }

  private void write(long token) throws SQLException, InterruptedException {
    pause();
    boolean[] back = new boolean[1];
    try {
      boolean done =
          place.commit(
              connection -> {
                guard.check(connection, token);
                pause();
                back[0] = last(connection) > token;
                set(connection, token);
              });
      if (done) {
        committed.incrementAndGet();
        wentBack.addAndGet(back[0] ? 1 : 0);
      }
    } catch (StaleTokenException e) {
      assertThat(e.token()).isEqualTo(token);
    }
  }

  private long last(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT token FROM " + table + " WHERE id = 1");
        ResultSet row = select.executeQuery()) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private void set(Connection connection, long token) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE " + table + " SET token = ? WHERE id = 1")) {
      update.setLong(1, token);
      update.executeUpdate();
    }
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(2_000));
  }
}
