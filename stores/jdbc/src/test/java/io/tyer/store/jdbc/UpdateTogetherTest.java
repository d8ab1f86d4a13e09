package io.tyer.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.line.LockName;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.spi.StoreAddress;
import io.tyer.store.record.LinesRecord;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import io.tyer.testkit.server.StoreServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The statement on PostgreSQL that writes several lines. */
@Timeout(120)
class UpdateTogetherTest {

  private static final byte[] EMPTY = new LinesRecord(7, new TreeMap<>()).content();

  private StoreServer server;
  private Connections connections;
  private Notices notices;
  private RowStatements statements;

  @BeforeEach
  void open() throws Exception {
    server = new PostgresKind().shared();
    // The server that tests share flushes nothing otherwise.
    execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = on',"
            + " current_database()); END $$");
    JdbcAddress address = JdbcAddress.of(StoreAddress.parse(server.address()));
    Sql sql = new Sql(Dialect.POSTGRESQL, address.prefix());
    connections =
        new Connections(address, new OwnPool(address, Duration.ofSeconds(20), System::nanoTime));
    new Tables(connections, sql, address).ready();
    notices = new Notices(address, sql, connections, new HandDriven(new HandDriven.Time(), 1));
    statements = new RowStatements(Dialect.POSTGRESQL, sql, connections);
  }

  @AfterEach
  void close() throws Exception {
    notices.close();
    connections.close();
    server.close();
  }

  private static RecordKey key(String name) {
    return new RecordKey(RecordKey.Kind.LINES, name);
  }

  /** A line in its first version, with its next one. */
  private RowUpdate line(String name, long nonce) throws Exception {
    Row row = Row.of(key(name), EMPTY);
    assertThat(statements.insert(key(name), nonce, row)).isTrue();
    return new RowUpdate(key(name), new Stamped(1, nonce, EMPTY), nonce + 1_000, row);
  }

  private List<String> rows() throws Exception {
    try (Connection connection = DriverManager.getConnection(server.address());
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT name || ' ' || version || ' ' || nonce || ' ' || floor FROM tyer_line"
                    + " ORDER BY nonce")) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }

  @Test
  void allThatAreUnchangedAreWrittenAndNoOthers() throws Exception {
    for (boolean loosely : new boolean[] {false, true}) {
      String end = loosely ? " loosely" : "'s {\"odd\", \\ NULL} ü";
      String kept = Names.escape(end);
      RowUpdate a = line("a" + end, 1);
      RowUpdate b = line("b" + end, 2);
      RowUpdate changed = line("c" + end, 3);
      assertThat(statements.update(changed)).isTrue();
      RowUpdate otherNonce = new RowUpdate(b.key(), new Stamped(1, 77, EMPTY), 1_077, b.row());
      RowUpdate missing = new RowUpdate(key("d" + end), new Stamped(1, 4, EMPTY), 1_004, b.row());
      assertThat(statements.updateTogether(List.of(a, otherNonce, changed, missing), loosely))
          .containsExactly(1_001L);
      assertThat(rows())
          .containsExactlyInAnyOrder(
              "a" + kept + " 2 1001 7", "b" + kept + " 1 2 7", "c" + kept + " 2 1003 7");
      execute("DELETE FROM tyer_line");
    }
  }

  @Test
  void oneNameTwiceIsWrittenOnce() throws Exception {
    RowUpdate once = line("a", 1);
    RowUpdate twice = new RowUpdate(once.key(), once.expected(), 2_001, once.row());
    Set<Long> written = statements.updateTogether(List.of(once, twice), false);
    assertThat(written).hasSize(1);
    assertThat(rows()).containsExactly("a 2 " + written.iterator().next() + " 7");
  }

  @Test
  void aRowThatSomebodyKeepsLockedHoldsNobodyElseUp() throws Exception {
    List<RowUpdate> updates = List.of(line("a", 1), line("b", 2), line("c", 3));
    try (Connection foreign = DriverManager.getConnection(server.address());
        Statement statement = foreign.createStatement()) {
      foreign.setAutoCommit(false);
      statement.execute("UPDATE tyer_line SET floor = floor WHERE name = 'b'");
      assertThat(statements.updateTogether(updates, false))
          .containsExactlyInAnyOrder(1_001L, 1_003L);
      foreign.rollback();
    }
    assertThat(statements.updateTogether(updates, true)).containsExactly(1_002L);
  }

  @Test
  void asManyAsGoTogetherAreWritten() throws Exception {
    List<RowUpdate> updates = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      updates.add(line(LockName.of("n" + i).text(), i));
    }
    // Twice seven times: the driver and the server prepare it, and plan it once for all.
    for (int round = 0; round < 14; round++) {
      List<RowUpdate> next = new ArrayList<>();
      assertThat(statements.updateTogether(updates, round % 2 == 1)).hasSize(64);
      for (RowUpdate update : updates) {
        next.add(
            new RowUpdate(
                update.key(), update.written(EMPTY), update.nonce() + 1_000, update.row()));
      }
      updates = next;
    }
    assertThat(rows()).hasSize(64).allMatch(row -> row.contains(" 15 "));
  }

  private void execute(String... all) throws Exception {
    try (Connection connection = DriverManager.getConnection(server.address());
        Statement statement = connection.createStatement()) {
      for (String sql : all) {
        statement.execute(sql);
      }
    }
  }

  /** How the commits were flushed that have written rows since this was last asked. */
  private List<String> flushed() throws Exception {
    try (Connection connection = DriverManager.getConnection(server.address());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("DELETE FROM flushed RETURNING setting")) {
      List<String> settings = new ArrayList<>();
      while (found.next()) {
        settings.add(found.getString(1));
      }
      return settings;
    }
  }

  /** What must last is flushed, also by a connection that has written loosely before. */
  @Test
  void onlyWhatIsWrittenLooselyIsNotFlushed() throws Exception {
    execute(
        "CREATE TABLE flushed (setting text)",
        "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO flushed"
            + " VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$",
        "CREATE TRIGGER note AFTER UPDATE ON tyer_line FOR EACH ROW EXECUTE FUNCTION note()");
    long nonce = 5_000;
    for (int round = 0; round < 12; round++) {
      RowUpdate a = line("a" + round, ++nonce);
      RowUpdate b = line("b" + round, ++nonce);
      assertThat(statements.updateTogether(List.of(a, b), true)).hasSize(2);
      assertThat(flushed()).containsExactly("off", "off");
      a = next(a, ++nonce);
      b = next(b, ++nonce);
      assertThat(statements.updateTogether(List.of(a, b), false)).hasSize(2);
      assertThat(flushed()).containsExactly("on", "on");
      a = next(a, ++nonce);
      assertThat(statements.updateLoosely(a, notices, List.of())).isTrue();
      assertThat(flushed()).containsExactly("off");
      assertThat(statements.update(next(a, ++nonce))).isTrue();
      assertThat(flushed()).containsExactly("on");
    }
  }

  private static RowUpdate next(RowUpdate written, long nonce) {
    return new RowUpdate(written.key(), written.written(EMPTY), nonce, written.row());
  }

  /** Of those who write the next version of a row at once, one is told that he has. */
  @Test
  void eachVersionIsWrittenByOne() throws Exception {
    int names = 8;
    for (int i = 0; i < names; i++) {
      line("n" + i, i);
    }
    AtomicLong nonces = new AtomicLong(1_000);
    Set<String> written = ConcurrentHashMap.newKeySet();
    Callable<Long> writer =
        () -> {
          long twice = 0;
          for (int i = 0; i < 150; i++) {
            List<RowUpdate> updates = newest(nonces);
            updates.removeIf(update -> ThreadLocalRandom.current().nextInt(3) == 0);
            Collections.shuffle(updates);
            Set<Long> told = statements.updateTogether(updates, i % 2 == 0);
            for (RowUpdate update : updates) {
              String followed = update.key().id() + " " + update.expected().version();
              twice += told.contains(update.nonce()) && !written.add(followed) ? 1 : 0;
            }
          }
          return twice;
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Long> twice : threads.invokeAll(Collections.nCopies(4, writer))) {
        assertThat(twice.get()).isZero();
      }
    } finally {
      threads.shutdown();
    }
    long versions = newest(nonces).stream().mapToLong(row -> row.expected().version() - 1).sum();
    assertThat(versions).isEqualTo(written.size()).isGreaterThan(150);
  }

  /** The next versions of all rows. */
  private List<RowUpdate> newest(AtomicLong nonces) throws Exception {
    return connections.call(
        false,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found =
                  statement.executeQuery("SELECT name, version, nonce FROM tyer_line")) {
            List<RowUpdate> updates = new ArrayList<>();
            while (found.next()) {
              RecordKey key = key(found.getString(1));
              Stamped expected = new Stamped(found.getLong(2), found.getLong(3), EMPTY);
              updates.add(
                  new RowUpdate(key, expected, nonces.incrementAndGet(), Row.of(key, EMPTY)));
            }
            return updates;
          }
        });
  }
}
