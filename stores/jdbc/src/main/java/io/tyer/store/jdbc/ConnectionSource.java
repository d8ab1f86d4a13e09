package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

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

  /**
   * A connection that is nobody else's, for as long as may be, to listen on; the caller closes it.
   */
  Connection own() throws SQLException;

  /**
   * Whether news arrive on {@link #own}: not if something stands between that brings each
   * transaction to another of the server's connections. May turn to false when the first one is
   * made.
   */
  boolean listens();

  /**
   * How many connections to the server itself have been made, each of which breaks if it crashes.
   * Empty if that is not known: what stands between may bring a connection to another server, or to
   * one that has crashed, and say nothing.
   */
  OptionalLong made();

  /**
   * Has this executed, on any thread, when connections have come to lead to another server, which
   * may lack what was committed; never where that is not seen.
   *
   * @return ends that
   */
  AutoCloseable whenReplaced(Runnable listener);

  /** Sees to it that nobody is given this one again. */
  void discard(Loan loan);

  /** One of them has broken, and perhaps others with it. */
  void suspect();

  /** Closes those that are this source's own. */
  @Override
  void close();
}
