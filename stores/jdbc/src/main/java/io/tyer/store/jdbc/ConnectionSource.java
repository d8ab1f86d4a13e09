package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where connections in auto-commit mode come from. Methods may be called by any thread. */
interface ConnectionSource extends AutoCloseable {

  /** A connection, until it is closed, which gives it back as it was. */
  interface Loan {
    Connection connection();

    void close() throws SQLException;
  }

  /**
   * A connection for one request, whose answers are waited for no longer than the time-out.
   *
   * @throws StoreException if none is to be had: nothing was done
   */
  Loan take() throws StoreException;

  /** A connection that is nobody else's, for as long as may be; the caller closes it. */
  Connection own() throws SQLException;

  /** Sees to it that nobody is given this one again. */
  void discard(Loan loan);

  /** One of them has broken, and perhaps others with it. */
  void suspect();

  /** Closes those that are this source's own. */
  @Override
  void close();
}
