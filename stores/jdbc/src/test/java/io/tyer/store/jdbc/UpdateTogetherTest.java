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
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
  private RowStatements statements;

  @BeforeEach
  void open() throws Exception {
    server = new PostgresKind().shared();
    JdbcAddress address = JdbcAddress.of(StoreAddress.parse(server.address()));
    Sql sql = new Sql(Dialect.POSTGRESQL, address.prefix());
    connections =
        new Connections(address, new OwnPool(address, Duration.ofSeconds(20), System::nanoTime));
    new Tables(connections, sql, address).ready();
    statements = new RowStatements(Dialect.POSTGRESQL, sql, connections);
  }

  @AfterEach
  void close() throws Exception {
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
      try (Connection connection = DriverManager.getConnection(server.address());
          Statement statement = connection.createStatement()) {
        statement.execute("DELETE FROM tyer_line");
      }
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
}
