package io.tyer.fence;

import io.tyer.StoreRefusedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A value in a row of a {@link VersionTable}. For PostgreSQL, MySQL, MariaDB, H2 and SQLite.
 *
 * <p>What {@link Versioned} offers uses connections of its own from the data source, one statement
 * each, in auto-commit mode; it waits for a connection, for the answer and for transactions that
 * have the row locked as long as the data source, the driver and the database are told to. JDBC
 * calls do not heed interrupts; pauses between tries do.
 *
 * <p>With a {@link Connection} as first argument, the same is done within the caller's transaction:
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * Entry<String> old = stock.read(connection).orElseThrow();
 * insertOrder(connection);
 * if (stock.replace(connection, old.version(), lessOne(old.value())).isEmpty()) {
 *   connection.rollback();                      // somebody was faster: begin again
 * } else {
 *   connection.commit();
 * }
 * }</pre>
 *
 * <p>That holds at every isolation level, since a statement that finds the expected version locks
 * the row and looks at what is committed, whatever was read before: others who want to replace it
 * wait until the transaction ends, and are then refused, if it was committed. From REPEATABLE READ
 * on the database may refuse instead of waiting, or of finding nothing: {@link
 * java.sql.SQLTransactionRollbackException} with SQLState 40001. Whether refused by that or by
 * empty, roll back before reading again: such levels go on showing the old state. A new version
 * counts from the commit on; whether a commit took effect that was not answered can be seen by it.
 *
 * <p>Safe for use by many threads; a connection is not.
 *
 * @param <T> what the value is
 */
public final class JdbcVersioned<T> extends AbstractVersioned<T> {

  /** How often a statement is executed that a deadlock or the like kept from taking effect. */
  private static final int MOST_EXECUTIONS = 5;

  private final DataSource source;
  private final VersionTable table;
  private final byte[] name;

  /**
   * In the table {@value VersionTable#DEFAULT_NAME}.
   *
   * @see #JdbcVersioned(DataSource, VersionTable, String, Codec)
   */
  public JdbcVersioned(DataSource source, String resource, Codec<T> codec) {
    this(source, new VersionTable(), resource, codec);
  }

  /**
   * In this table, which must exist: see {@link VersionTable#create}.
   *
   * @param source of connections in auto-commit mode
   * @param resource 1 to 512 bytes of UTF-8, compared byte by byte
   * @throws IllegalArgumentException if the name is not of that length
   */
  public JdbcVersioned(DataSource source, VersionTable table, String resource, Codec<T> codec) {
    super(resource, codec);
    this.source = source;
    this.table = table;
    this.name = Checked.bytes(resource);
  }

  /**
   * {@link #read()} within a transaction.
   *
   * @throws IllegalStateException if the connection is in auto-commit mode, as for all of these
   * @throws SQLException as the database fails; roll back then, as after all of these
   */
  public Optional<Entry<T>> read(Connection connection) throws SQLException {
    return within(connection, () -> table.load(connection, name)).map(this::entry);
  }

  /** {@link #create(Object)} within a transaction. */
  public Optional<Version> create(Connection connection, T value) throws SQLException {
    return stored(connection, next(Optional.empty(), value));
  }

  /** {@link #replace(Version, Object)} within a transaction. */
  public Optional<Version> replace(Connection connection, Version expected, T value)
      throws SQLException {
    return stored(connection, next(Optional.of(expected), value));
  }

  /** {@link #remove(Version)} within a transaction. */
  public boolean remove(Connection connection, Version expected) throws SQLException {
    return within(connection, () -> table.delete(connection, name, expected));
  }

  private Optional<Version> stored(Connection connection, StoredVersion next) throws SQLException {
    return within(connection, () -> table.store(connection, name, next))
        ? Optional.of(next.version())
        : Optional.empty();
  }

  private interface Statement<R> {
    R execute() throws SQLException;
  }

  private static <R> R within(Connection connection, Statement<R> statement) throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "this is done in a transaction of yours, and this connection is in auto-commit mode:"
              + " connection.setAutoCommit(false) comes first, or leave the connection out");
    }
    try {
      return statement.execute();
    } catch (SQLException e) {
      throw isConflict(connection, e) ? Dialect.toRepeat(e) : e;
    }
  }

  private static boolean isConflict(Connection connection, SQLException failure) {
    try {
      return Dialect.of(connection).saysConflict(failure);
    } catch (SQLException e) {
      // The connection is gone: what failed before says more.
      failure.addSuppressed(e);
      return false;
    }
  }

  @Override
  protected Optional<StoredVersion> load() {
    return alone(false, connection -> table.load(connection, name));
  }

  @Override
  protected boolean store(StoredVersion next) {
    return alone(true, connection -> table.store(connection, name, next));
  }

  @Override
  protected boolean delete(Version expected) {
    return alone(true, connection -> table.delete(connection, name, expected));
  }

  private interface Request<R> {
    R send(Connection connection) throws SQLException;
  }

  /** On a connection of its own, in auto-commit mode. */
  private <R> R alone(boolean writes, Request<R> request) {
    Connection connection;
    Dialect dialect;
    try {
      connection = source.getConnection();
    } catch (SQLException e) {
      throw DatabaseFailures.unconnected(resource(), e);
    }
    try {
      try {
        if (!connection.getAutoCommit()) {
          throw new StoreRefusedException(
              resource()
                  + ": the data source gives connections that are in a transaction; configure it"
                  + " for auto-commit mode, or use the methods that take a connection",
              null);
        }
        dialect = Dialect.of(connection);
      } catch (SQLException e) {
        throw DatabaseFailures.unconnected(resource(), e);
      }
      return executed(connection, dialect, writes, request);
    } finally {
      close(connection);
    }
  }

  private <R> R executed(
      Connection connection, Dialect dialect, boolean writes, Request<R> request) {
    for (int executions = 1; ; executions++) {
      try {
        return request.send(connection);
      } catch (SQLException e) {
        if (executions == MOST_EXECUTIONS || !DatabaseFailures.isOvertaken(e, dialect)) {
          throw DatabaseFailures.of(resource(), dialect, writes, e);
        }
      }
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // What was asked has been answered, or is unknown, whatever becomes of the connection.
    }
  }
}
