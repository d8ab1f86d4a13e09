package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is executed on connections in auto-commit mode: never in a caller's transaction.
 *
 * <p>What is done with one ignores interrupts, and leaves the interrupt flag as it was.
 */
final class Connections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException, StoreException;
  }

  /** How often a statement is executed again that others have kept from having an effect. */
  private static final int MOST_TRIES = 5;

  private final String store;
  private final Dialect dialect;
  private final ConnectionSource source;

  Connections(JdbcAddress address, ConnectionSource source) {
    this.store = address.shown();
    this.dialect = address.dialect();
    this.source = source;
  }

  /**
   * Executes one statement, again if others kept it from having an effect, or if it only reads and
   * its connection was cut, perhaps long before: by a server that was started again, or gave way to
   * another one.
   */
  <T> T call(boolean writes, Work<T> work) throws StoreException {
    boolean interrupted = Thread.interrupted();
    try {
      for (int tries = 1; ; tries++) {
        ConnectionSource.Loan loan = source.take();
        try {
          return work.on(loan.connection());
        } catch (SQLException e) {
          if (Failures.isReadOnly(e, dialect)) {
            source.discard(loan);
          } else if (Failures.isBroken(e)) {
            source.suspect();
          }
          boolean readAgain = !writes && tries == 1 && Failures.isCut(e);
          if ((!Failures.isOvertaken(e, dialect) && !readAgain) || tries == MOST_TRIES) {
            throw Failures.of(store, dialect, writes, e);
          }
        } finally {
          giveBack(loan);
        }
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was answered stays answered, whatever comes of the connection. */
  private void giveBack(ConnectionSource.Loan loan) {
    try {
      loan.close();
    } catch (SQLException e) {
      LOG.debug("{}: a connection was not given back: {}", store, Failures.said(e));
    }
  }

  /** As {@link ConnectionSource#made}. */
  OptionalLong made() {
    return source.made();
  }

  /** As {@link ConnectionSource#listens}. */
  boolean listens() {
    return source.listens();
  }

  /** As {@link ConnectionSource#whenReplaced}, but not where a connection is being made. */
  AutoCloseable whenReplaced(Executor executor, Runnable listener) {
    return source.whenReplaced(
        () -> {
          try {
            executor.execute(listener);
          } catch (RejectedExecutionException e) {
            LOG.debug("{}: the client is closing", store, e);
          }
        });
  }

  /** Has new connections made, for which it is looked anew where they lead. */
  void renew() {
    source.suspect();
  }

  /** A connection that is nobody else's; the caller closes it. */
  Connection own() throws SQLException {
    return source.own();
  }

  @Override
  public void close() {
    source.close();
  }
}
