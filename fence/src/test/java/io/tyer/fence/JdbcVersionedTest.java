package io.tyer.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.fence.Versioned.Entry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Within transactions, at each isolation level; and how failures are told. */
@Timeout(120)
class JdbcVersionedTest {

  private static final AtomicInteger RESOURCES = new AtomicInteger();
  private static final int WRITERS = 3;
  private static final int WRITES = 8;

  private final String resource = "stock/" + RESOURCES.incrementAndGet();

  private JdbcVersioned<String> versioned(Database database) throws SQLException {
    try (Connection connection = database.connectWith("")) {
      new VersionTable().create(connection);
    }
    return new JdbcVersioned<>(new Source(() -> database.connectWith("")), resource, Codec.text());
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void withinTransactionsNoIncrementIsLost(Place place) throws Exception {
    JdbcVersioned<String> stock = versioned(place.database());
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          Background.run(
              () -> {
                for (int j = 0; j < WRITES; j++) {
                  while (!incremented(place, stock)) {
                    Thread.onSpinWait();
                  }
                }
              }));
    }
    for (CompletableFuture<Void> writer : writers) {
      writer.get(100, TimeUnit.SECONDS);
    }
    assertThat(stock.read().orElseThrow().value()).isEqualTo(Integer.toString(WRITERS * WRITES));
  }

  /** One transaction; false if it has to be repeated. */
  private static boolean incremented(Place place, JdbcVersioned<String> stock)
      throws SQLException, InterruptedException {
    try (Connection connection = place.connect()) {
      try {
        Optional<Entry<String>> old = stock.read(connection);
        int next = old.map(Entry::value).map(Integer::parseInt).orElse(0) + 1;
        Optional<Version> written =
            old.isPresent()
                ? stock.replace(connection, old.get().version(), Integer.toString(next))
                : stock.create(connection, Integer.toString(next));
        if (written.isPresent()) {
          connection.commit();
          return true;
        }
        connection.rollback();
        return false;
      } catch (SQLException e) {
        connection.rollback();
        if (Database.toRepeat(e)) {
          return false;
        }
        throw e;
      }
    }
  }

  @Test
  void aTransactionThatWaitsInVainForALockOfH2IsToBeRepeated() throws Exception {
    JdbcVersioned<String> stock = versioned(Database.H2);
    Entry<String> before = stock.update(now -> "10");
    try (Connection one = Database.H2.connectWith("");
        Connection other = Database.H2.connectWith("");
        Statement patience = other.createStatement()) {
      one.setAutoCommit(false);
      other.setAutoCommit(false);
      patience.execute("SET LOCK_TIMEOUT 100");
      assertThat(stock.replace(one, before.version(), "9")).isPresent();
      assertThatThrownBy(() -> stock.replace(other, before.version(), "8"))
          .isInstanceOf(SQLTransactionRollbackException.class)
          .hasMessageContaining("roll back, and repeat");
      other.rollback();
      one.commit();
    }
    assertThat(stock.read().orElseThrow().value()).isEqualTo("9");
  }

  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void whatIsRolledBackWasNotWritten(Place place) throws Exception {
    JdbcVersioned<String> stock = versioned(place.database());
    Entry<String> before = stock.update(now -> "10");
    try (Connection connection = place.connect()) {
      assertThat(stock.replace(connection, before.version(), "9")).isPresent();
      assertThat(stock.read(connection).orElseThrow().value()).isEqualTo("9");
      connection.rollback();
      assertThat(stock.remove(connection, before.version())).isTrue();
      assertThat(stock.create(connection, "8")).isPresent();
      connection.rollback();
    }
    assertThat(stock.read()).contains(before);
    assertThat(stock.replace(before.version(), "7")).isPresent();
  }

  /** Read in an earlier transaction, perhaps minutes ago. */
  @ParameterizedTest
  @MethodSource("io.tyer.fence.Place#all")
  void aStaleVersionIsRefusedInATransactionToo(Place place) throws Exception {
    JdbcVersioned<String> stock = versioned(place.database());
    Entry<String> stale = stock.update(now -> "10");
    Entry<String> newest = stock.update(now -> "9");
    try (Connection connection = place.connect()) {
      assertThat(stock.replace(connection, stale.version(), "x")).isEmpty();
      assertThat(stock.remove(connection, stale.version())).isFalse();
      assertThat(stock.create(connection, "x")).isEmpty();
      connection.commit();
    }
    assertThat(stock.read()).contains(newest);
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void aMissingTableIsRefusedByName(Database database) throws Exception {
    Versioned<String> nowhere =
        new JdbcVersioned<>(
            new Source(() -> database.connectWith("")),
            new VersionTable("not_there"),
            resource,
            Codec.text());
    for (boolean writes : new boolean[] {false, true}) {
      assertThatThrownBy(() -> use(nowhere, writes))
          .isInstanceOf(StoreRefusedException.class)
          .hasMessageContaining(resource)
          .hasMessageMatching("(?is).*not_there.*");
    }
  }

  private static void use(Versioned<String> versioned, boolean writes) throws InterruptedException {
    Optional<?> unused = writes ? versioned.create("x") : versioned.read();
  }

  @Test
  void modesOfConnectionsAreNotMixedUp() throws Exception {
    JdbcVersioned<String> stock = versioned(Database.H2);
    try (Connection connection = Database.H2.connectWith("")) {
      assertThatThrownBy(() -> stock.read(connection))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("setAutoCommit(false)");
    }
    Versioned<String> wrong =
        new JdbcVersioned<>(
            new Source(() -> Database.H2.connect(Connection.TRANSACTION_READ_COMMITTED)),
            resource,
            Codec.text());
    assertThatThrownBy(wrong::read)
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("auto-commit");
  }

  @Test
  void whoIsNotConnectedIsUnreachable() {
    Versioned<String> gone =
        new JdbcVersioned<>(
            new Source(
                () -> {
                  throw new SQLException("connection refused", "08001");
                }),
            resource,
            Codec.text());
    assertThatThrownBy(gone::read).isInstanceOf(StoreUnreachableException.class);
    assertThatThrownBy(() -> gone.create("x")).isInstanceOf(StoreUnreachableException.class);
  }

  @Test
  void anUnknownDatabaseIsRefused() {
    Versioned<String> elsewhere =
        new JdbcVersioned<>(
            new Source(Answering.with("getDatabaseProductName", "Oracle")), resource, Codec.text());
    assertThatThrownBy(elsewhere::read)
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("this is Oracle");
  }

  /** The statement takes effect, and the connection breaks before the answer. */
  @Test
  void aConnectionThatBreaksInAWriteDoesNotMakeItCountTwice() throws Exception {
    JdbcVersioned<String> direct = versioned(Database.H2);
    direct.update(now -> "");
    BrokenAnswers broken = new BrokenAnswers(() -> Database.H2.connectWith(""));
    Versioned<String> stock = new JdbcVersioned<>(new Source(broken), resource, Codec.text());
    AtomicInteger computed = new AtomicInteger();
    broken.breakNext(1);
    stock.update(now -> now.orElseThrow() + computed.incrementAndGet());
    assertThat(direct.read().orElseThrow().value()).isEqualTo("1");

    Version version = direct.read().orElseThrow().version();
    broken.breakNext(1000);
    assertThatThrownBy(() -> stock.remove(version))
        .isInstanceOf(OutcomeUnknownException.class)
        .hasMessageContaining(resource + " may have been written or not");
    assertThat(direct.read()).as("it had been").isEmpty();
  }
}
