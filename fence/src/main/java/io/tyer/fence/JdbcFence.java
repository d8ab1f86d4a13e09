package io.tyer.fence;

import io.tyer.Lease;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fences what a transaction writes: within it, the token is compared with the largest one seen of
 * the resource, in a table beside the data, and remembered. For PostgreSQL, MySQL, MariaDB, H2 and
 * SQLite.
 *
 * <pre>{@code
 * connection.setAutoCommit(false);
 * fence.check(connection, "coupon/42", lease);  // first of all, before anything is read
 * ...                                           // reads and writes
 * lease.checkValid();                           // not needed for safety: saves a vain commit
 * connection.commit();
 * }</pre>
 *
 * <p>Why it holds: {@link #check} writes the resource's row, so until it ends a transaction keeps
 * others with a token of the same resource waiting. When it has committed, a smaller token is
 * refused; a larger one goes on, and finds what was committed. So writers come one after the other,
 * with growing tokens, however long one of them is paused between its check and its commit. Those
 * who wait do so for as long as the database's lock time-out says, and then fail; a paused one
 * holds them up until the database ends its idle transaction, so have it do that.
 *
 * <p>A check is part of its transaction. One that has been rolled back, with the transaction, to a
 * savepoint before it, or by the database after a deadlock, is none: <b>after any exception, roll
 * back and begin again with the check</b>. A driver or proxy that repeats transactions by itself
 * after a failure must not be used: it repeats them without looking at what the check says.
 *
 * <p>Isolation levels: it holds at each. From REPEATABLE READ on, a database may refuse the check
 * where it would have to wait at READ COMMITTED: {@link java.sql.SQLTransactionRollbackException}
 * or another exception with SQLState 40001, on each database; later statements as that database
 * says it. The transaction is then to be repeated, as always at these levels. Where the check was
 * not the first statement of its transaction, such a level may show data from before the check:
 * what was computed from them is then as old as they are.
 *
 * <p>Not safe: a check on another connection than the writes, or under auto-commit, which is
 * refused; a statement between check and writes that commits, as statements that change tables do
 * in some databases; a cluster with several nodes that accept writes of the same row at once. Two
 * resources checked in one transaction are best checked in the same order everywhere, as any rows
 * are that are locked.
 *
 * <p>Objects of this class hold nothing and are safe for use by many threads; a connection is not.
 * Calls block as the driver does.
 */
public final class JdbcFence {

  /** What the table is called unless told otherwise. */
  public static final String DEFAULT_TABLE = "tyer_fence";

  private final String table;

  /** With the table {@value #DEFAULT_TABLE}. */
  public JdbcFence() {
    this(DEFAULT_TABLE);
  }

  /**
   * With a table of this name.
   *
   * @param table letters, digits and {@code _}, perhaps with the schema's name and a dot before it
   * @throws IllegalArgumentException if it is another kind of name
   */
  public JdbcFence(String table) {
    this.table = TableName.checked(table, "a fence's");
  }

  /**
   * Checks the token of a lease within the connection's transaction, and remembers it.
   *
   * @throws StaleTokenException if a larger token has been seen of the resource: roll back
   * @throws io.tyer.LeaseLostException if the lease is known to be lost
   * @throws io.tyer.OutcomeUnknownException if it is unproved, as {@link Lease#checkValid} does
   * @throws IllegalStateException if it is closed, or the connection is in auto-commit mode
   * @throws IllegalArgumentException if the resource's name is not 1 to 512 bytes of UTF-8
   * @throws SQLException as the database fails; nothing is known then, so roll back
   */
  public void check(Connection connection, String resource, Lease lease) throws SQLException {
    check(connection, resource, Checked.token(lease));
  }

  /**
   * The same for a token that came from elsewhere, such as with a request of the lease's holder.
   *
   * @throws IllegalArgumentException if it is no token, too
   */
  public void check(Connection connection, String resource, long token) throws SQLException {
    Checked.token(token);
    byte[] name = Checked.bytes(resource);
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "a token is checked in the transaction that writes what it protects, and this connection"
              + " is in auto-commit mode: connection.setAutoCommit(false) comes first");
    }
    Dialect dialect = Dialect.of(connection);
    long newest;
    try {
      newest = dialect.raise(connection, table, name, token);
    } catch (SQLException e) {
      throw dialect.saysConflict(e) ? Dialect.toRepeat(e) : e;
    }
    if (newest > token) {
      throw new StaleTokenException(resource, token, newest);
    }
    if (newest < token) {
      throw new SQLException(
          "table "
              + table
              + " has not taken token "
              + token
              + " of "
              + resource
              + ", so that nothing would be fenced: is there a trigger or a policy on it?");
    }
  }

  /**
   * For a fence that is a column of the data, and folded into the statement that writes them:
   *
   * <pre>{@code
   * int rows = update("UPDATE coupon SET stock = stock - 1, fence = ? WHERE id = ? AND fence <= ?",
   *     lease.token(), id, lease.token());
   * JdbcFence.checkUpdated(rows, "coupon " + id, lease.token());
   * }</pre>
   *
   * <p>The statement must set the column to the token and ask that it was not larger before; the
   * column is {@code NOT NULL DEFAULT 0}. It needs no transaction around it if it is the only one.
   * It must be known that the row exists, since that none does looks like a stale token; and the
   * driver must count rows that were found, as all do unless told to count those that differ
   * ({@code useAffectedRows} of MySQL's and MariaDB's).
   *
   * @param rows how many rows the statement has found
   * @throws StaleTokenException if it has found none
   * @throws IllegalArgumentException if it is negative: a driver says so of a batch when it does
   *     not know
   */
  public static void checkUpdated(int rows, String resource, long token) {
    Checked.token(token);
    if (rows < 0) {
      throw new IllegalArgumentException(
          "the driver has not told how many rows were changed, but " + rows + ": no batch, please");
    }
    if (rows == 0) {
      throw new StaleTokenException(resource, token);
    }
  }

  /**
   * Creates the table if it is not there, by the statement that {@link #ddl} tells. Several
   * processes may do it at once.
   *
   * @throws IllegalStateException if the connection is not in auto-commit mode
   */
  public void createTable(Connection connection) throws SQLException {
    TableName.create(connection, ddl(connection));
  }

  /** The statement that creates the table in this database, for those who migrate by scripts. */
  public String ddl(Connection connection) throws SQLException {
    return Dialect.of(connection).ddl(table);
  }

  @Override
  public String toString() {
    return "fence in table " + table;
  }
}
