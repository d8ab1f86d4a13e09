package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.sql.H2Kind;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.servers.sql.MysqlDriverKind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.servers.sql.SqliteKind;
import io.tyer.testkit.server.StoreServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SQL store is held to {@link io.tyer.line.Line}: the same random sequences of several clients'
 * requests give the same answers, the same lines and the same news. {@code -Dtyer.seed} repeats a
 * sequence, {@code -Dtyer.seeds} tries more, {@code -Dtyer.sql} on another database than H2: {@code
 * postgresql}, {@code mariadb}, {@code mysql-driver}, {@code sqlite}.
 */
@Timeout(300)
class LinesPropertyTest {

  private static final int STEPS = 80;
  private static final Long REPLAYED = Long.getLong("tyer.seed");
  private static final int SEQUENCES = Integer.getInteger("tyer.seeds", 40);

  @TempDir Path directory;

  private StoreServer server;

  private StoreServer start() throws IOException {
    String database = System.getProperty("tyer.sql", "h2");
    return switch (database) {
      case "h2" -> new H2Kind().start(directory);
      case "sqlite" -> new SqliteKind().start(directory);
      case "postgresql" -> new PostgresKind().shared();
      case "mariadb" -> new MariaDbKind().shared();
      case "mysql-driver" -> new MysqlDriverKind().shared();
      default -> throw new IllegalArgumentException("no database is called " + database);
    };
  }

  @BeforeEach
  void startServer() throws Exception {
    server = start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void theStoreDoesWhatTheLineDoes() throws Exception {
    Walked unused = walk(REPLAYED != null ? 1 : 12);
  }

  @Test
  @Tag("full")
  @DisabledIfSystemProperty(named = "tyer.seed", matches = ".*", disabledReason = "it is replayed")
  void itDoesSoInManySequences() throws Exception {
    Walked walked = walk(SEQUENCES);
    assertThat(walked.overtaken())
        .as("from seed %d: overtaken", walked.first())
        .isGreaterThan(SEQUENCES);
    assertThat(walked.deaths())
        .as("from seed %d: deaths", walked.first())
        .isGreaterThan(SEQUENCES / 2);
  }

  /** What a number of sequences, from a seed on, met. */
  private record Walked(long first, int overtaken, int deaths) {}

  private Walked walk(int sequences) throws Exception {
    long first = REPLAYED != null ? REPLAYED : new SecureRandom().nextInt(1_000_000_000);
    HandDriven.Time time = new HandDriven.Time();
    int overtaken = 0;
    int deaths = 0;
    long start = System.nanoTime();
    try (WalkedDatabase database = new WalkedDatabase(server.address())) {
      for (int i = 0; i < sequences; i++) {
        StoreWalk walk = new StoreWalk(database, time, first + i);
        for (int step = 0; step < STEPS; step++) {
          walk.step();
        }
        walk.putAway();
        overtaken += walk.overtaken();
        deaths += walk.deaths();
        database.clear();
      }
    }
    System.out.printf(
        "%d sequences of %d steps from seed %d, %d requests overtaken, %d deaths, in %d ms%n",
        sequences,
        STEPS,
        first,
        overtaken,
        deaths,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return new Walked(first, overtaken, deaths);
  }
}
