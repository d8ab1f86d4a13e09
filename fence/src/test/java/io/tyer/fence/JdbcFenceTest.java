package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class JdbcFenceTest {

  private static final AtomicInteger RESOURCES = new AtomicInteger();

  private final JdbcFence fence = new JdbcFence();
  private final String resource = "coupon/" + RESOURCES.incrementAndGet();

  /** The table, in a transaction of its own. */
  private void prepare(Place place) throws SQLException {
    try (Connection connection = place.connect()) {
      connection.setAutoCommit(true);
      fence.createTable(connection);
      fence.createTable(connection);
    }
  }

  /** A transaction that is repeated for as long as the database asks for it. */
  private void commit(Place place, long token) throws SQLException, InterruptedException {
    boolean done = false;
    while (!done) {
      done = place.commit(connection -> fence.check(connection, resource, token));
    }
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void aSmallerTokenIsRefusedAndTheSameIsNot(Place place) throws Exception {
    prepare(place);
    commit(place, 7);
    commit(place, 7);
    commit(place, (1L << 62) + 1);
    assertThatThrownBy(() -> commit(place, 1L << 62))
        .isInstanceOfSatisfying(
            StaleTokenException.class,
            stale -> {
              assertThat(stale.resource()).isEqualTo(resource);
              assertThat(stale.newest()).hasValue((1L << 62) + 1);
            });
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void whatIsRolledBackWasNotSeen(Place place) throws Exception {
    prepare(place);
    try (Connection connection = place.connect()) {
      fence.check(connection, resource, 9);
      connection.rollback();
      fence.check(connection, resource, 5);
      fence.check(connection, resource, 6);
      assertThatThrownBy(() -> fence.check(connection, resource, 5))
          .isInstanceOf(StaleTokenException.class);
      connection.rollback();
    }
    commit(place, 4);
  }

  /** The stale writer is stopped between its check and its commit, with and without a row. */
  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void whoHasCheckedKeepsLargerTokensWaitingUntilItEnds(Place place) throws Exception {
    prepare(place);
    for (long before = 0; before <= 100; before += 100) {
      if (before > 0) {
        commit(place, before + 10);
      }
      long old = before + 15;
      try (Connection stopped = place.connect()) {
        fence.check(stopped, resource, old);
        CompletableFuture<Void> newer = inBackground(place, old + 1);
        assertThatThrownBy(() -> newer.get(100, TimeUnit.MILLISECONDS))
            .as("the newer one is in while the older one may still commit")
            .isInstanceOf(TimeoutException.class);
        stopped.commit();
        newer.get(60, TimeUnit.SECONDS);
        assertThatThrownBy(() -> commit(place, old)).isInstanceOf(StaleTokenException.class);
      }
    }
  }

  /** The stale writer comes while the newer one has checked and not yet committed. */
  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void whoComesWithASmallerTokenMeanwhileIsRefused(Place place) throws Exception {
    prepare(place);
    for (long before = 0; before <= 100; before += 100) {
      if (before > 0) {
        commit(place, before + 10);
      }
      long old = before + 15;
      try (Connection newer = place.connect()) {
        fence.check(newer, resource, old + 1);
        CompletableFuture<Void> stale = inBackground(place, old);
        assertThatThrownBy(() -> stale.get(100, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        newer.commit();
        assertThatThrownBy(() -> stale.get(60, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(StaleTokenException.class);
      }
    }
  }

  private CompletableFuture<Void> inBackground(Place place, long token) {
    return Background.run(() -> commit(place, token));
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void whatIsWrittenUnderAFenceNeverGoesBack(Place place) throws Exception {
    prepare(place);
    WriterRace race =
        new WriterRace(
            place,
            "written_" + RESOURCES.incrementAndGet(),
            (connection, token) -> fence.check(connection, resource, token));
    race.run();
    assertThat(race.wentBack).as("writes upon those of a larger token").hasValue(0);
    assertThat(race.committed).hasPositiveValue();
  }

  /** That the race above would show it. */
  @Test
  void withoutAFenceItDoes() throws Exception {
    int wentBack = 0;
    for (int i = 0; i < 10 && wentBack == 0; i++) {
      WriterRace race =
          new WriterRace(
              new Place(Database.H2, Connection.TRANSACTION_READ_COMMITTED),
              "written_" + RESOURCES.incrementAndGet(),
              (connection, token) -> {});
      race.run();
      wentBack = race.wentBack.get();
    }
    assertThat(wentBack).isPositive();
  }

  /** Whatever keeps the row from being written, a check that has seen nothing is none. */
  @Test
  void aTableThatTakesNoTokenFencesNothingAndSaysSo() throws SQLException {
    JdbcFence idle = new JdbcFence("idle_" + RESOURCES.incrementAndGet());
    String table = idle.toString().replace("fence in table ", "");
    try (Connection connection = Database.SQLITE.connectWith("")) {
      idle.createTable(connection);
    }
    Database.SQLITE.execute(
        "CREATE TRIGGER of_"
            + table
            + " BEFORE INSERT ON "
            + table
            + " BEGIN SELECT RAISE(IGNORE); END");
    try (Connection connection = Database.SQLITE.connect(Connection.TRANSACTION_SERIALIZABLE)) {
      assertThatThrownBy(() -> idle.check(connection, resource, 5))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("has not taken token 5");
      connection.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void namesOfResourcesAreComparedByTheirBytes(Database database) throws SQLException {
    Place place = new Place(database, database.levels().get(0));
    prepare(place);
    List<String> names =
        List.of("a", "A", "a ", "a\0", "\u00e4", "a\u0308", "\u00df", "ss", "\ud83d\ude00", "?");
    long token = 100;
    for (String name : names) {
      try (Connection connection = place.connect()) {
        fence.check(connection, resource + name, token--);
        connection.commit();
      }
    }
    try (Connection connection = place.connect()) {
      fence.check(connection, "x".repeat(512), 5);
      connection.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void aColumnOfTheDataFencesTheStatementThatWritesThem(Database database) throws SQLException {
    String table = "folded_" + RESOURCES.incrementAndGet();
    database.execute(
        "CREATE TABLE " + table + " (id integer PRIMARY KEY, stock integer, fence bigint NOT NULL)",
        "INSERT INTO " + table + " VALUES (1, 10, 0)");
    try (Connection connection = database.connect(database.levels().get(0));
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE "
                    + table
                    + " SET stock = stock - 1, fence = ? WHERE id = 1 AND fence <= ?")) {
      for (long token : new long[] {5, 5, 6}) {
        JdbcFence.checkUpdated(rows(update, token), "coupon 1", token);
      }
      int none = rows(update, 5);
      assertThatThrownBy(() -> JdbcFence.checkUpdated(none, "coupon 1", 5))
          .isInstanceOfSatisfying(
              StaleTokenException.class, stale -> assertThat(stale.newest()).isEmpty());
      connection.commit();
    }
  }

  private static int rows(PreparedStatement update, long token) throws SQLException {
    update.setLong(1, token);
    update.setLong(2, token);
    return update.executeUpdate();
  }

  /** As drivers do when they are told to count rows that differ. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL_DRIVER_ON_MARIADB"})
  void nothingDependsOnHowRowsAreCounted(Database database) throws SQLException {
    prepare(new Place(database, Connection.TRANSACTION_READ_COMMITTED));
    try (Connection connection = database.connectWith("&useAffectedRows=true")) {
      connection.setAutoCommit(false);
      for (long token : new long[] {5, 5, 6, 6}) {
        fence.check(connection, resource, token);
        connection.commit();
      }
      assertThatThrownBy(() -> fence.check(connection, resource, 5))
          .isInstanceOf(StaleTokenException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#withManyWriters")
  void theFirstCheckOfAResourceKeepsNobodyElseWaiting(Place place) throws Exception {
    prepare(place);
    try (Connection stopped = place.connect();
        Connection other = place.connect()) {
      fence.check(stopped, resource + "/a", 5);
      CompletableFuture<Void> unhindered =
          Background.run(
              () -> {
                fence.check(other, resource + "/b", 5);
                other.commit();
              });
      unhindered.get(60, TimeUnit.SECONDS);
      stopped.rollback();
    }
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void severalMayCreateTheTableAtOnce(Database database) throws Exception {
    JdbcFence made = new JdbcFence("made_" + RESOURCES.incrementAndGet());
    List<CompletableFuture<Void>> makers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      makers.add(
          Background.run(
              () -> {
                try (Connection connection = database.connectWith("")) {
                  made.createTable(connection);
                }
              }));
    }
    for (CompletableFuture<Void> maker : makers) {
      maker.get(60, TimeUnit.SECONDS);
    }
    try (Connection connection = database.connect(database.levels().get(0))) {
      made.check(connection, resource, 5);
      assertThatThrownBy(() -> made.createTable(connection))
          .isInstanceOf(IllegalStateException.class);
      connection.rollback();
    }
  }

  @Test
  void aCountThatTheDriverDoesNotTellIsNoAnswer() {
    assertThatThrownBy(() -> JdbcFence.checkUpdated(-2, "coupon 1", 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void underAutoCommitATokenIsNotChecked() throws SQLException {
    try (Connection connection = Database.H2.connect(Connection.TRANSACTION_READ_COMMITTED)) {
      connection.setAutoCommit(true);
      assertThatThrownBy(() -> fence.check(connection, resource, 5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("setAutoCommit(false)");
    }
  }

  @Test
  void badNamesAndTokensAreRefusedWithWhatWouldBeRight() throws SQLException {
    try (Connection connection = Database.H2.connect(Connection.TRANSACTION_READ_COMMITTED)) {
      for (String bad : List.of("", "x".repeat(513), "\u00e4".repeat(257), "\ud800")) {
        assertThatThrownBy(() -> fence.check(connection, bad, 5))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("a resource's name must");
      }
      assertThatThrownBy(() -> fence.check(connection, resource, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String bad : List.of("", "a b", "a.b.c", "a;", "1a", "x".repeat(64))) {
      assertThatThrownBy(() -> new JdbcFence(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a fence's table is named by");
    }
    assertThatCode(() -> new JdbcFence("shop.fences_2")).doesNotThrowAnyException();
  }

  @Test
  void aLeaseIsCheckedBeforeItsToken() throws Exception {
    prepare(new Place(Database.H2, Connection.TRANSACTION_READ_COMMITTED));
    try (Tyer tyer = Tyer.open("memory:jdbc-fences");
        Connection connection = Database.H2.connect(Connection.TRANSACTION_READ_COMMITTED)) {
      Lease lease = tyer.lock("coupon").acquire();
      fence.check(connection, resource, lease);
      assertThatThrownBy(() -> fence.check(connection, resource, lease.token() - 1))
          .isInstanceOfSatisfying(
              StaleTokenException.class, e -> assertThat(e.newest()).hasValue(lease.token()));
      lease.close();
      assertThatThrownBy(() -> fence.check(connection, resource, lease))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
