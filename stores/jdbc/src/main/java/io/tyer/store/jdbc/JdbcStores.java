package io.tyer.store.jdbc;

import io.tyer.spi.LineStoreProvider;
import javax.sql.DataSource;

/**
 * Stores in the database of a {@link DataSource} that there is already, such as an application's
 * connection pool:
 *
 * <pre>{@code
 * Tyer.builder("jdbc:datasource?ttl=10s").provider(JdbcStores.of(dataSource)).open();
 * }</pre>
 */
public final class JdbcStores {

  private JdbcStores() {}

  /**
   * What opens a store on the connections of this DataSource, at the address {@code
   * jdbc:datasource}, with the store's options {@code prefix}, {@code create} and {@code
   * listen-url} and those of every client; all other addresses are refused. It may be given to
   * several clients.
   *
   * <p>Opening a client takes one connection and gives it back, to see which database it is: {@code
   * StoreUnreachableException} if there is none to be had, {@code StoreRefusedException} if the
   * database is not one that Tyer knows, or connections are not in auto-commit mode.
   *
   * <p>Each request of the store takes a connection, on a thread of the client, executes one
   * statement in auto-commit mode and closes the connection, with the network time-out that it had.
   * A connection that is not in auto-commit mode is closed unused, and the request is refused: a
   * lock must not come and go with a transaction. The DataSource is never closed. It should be a
   * pool, and should not wait longer for a connection than the client's {@code operation-timeout},
   * 5 seconds if not given otherwise: a request that it keeps waiting has an unknown outcome. Where
   * all connections are in use, no beat gets through, and leases are lost after their TTL; so one
   * or two more than the application needs are of use, or a small pool of the store's own. On MySQL
   * and MariaDB, connections with the isolation READ COMMITTED wait for each other less.
   *
   * <p>On PostgreSQL, each session, which is one per client, keeps one connection besides, for as
   * long as it lives, to listen for notifications: a pool of one is too small, and its leak
   * detection may name that one. Where the DataSource leads to a proxy that does not keep a
   * client's connection its own, none is kept, and waiters look for themselves. With {@code
   * listen-url} that connection is made there, and a pool of one is enough. In the end it is
   * aborted and closed, not used again: pools note that it is broken.
   *
   * @throws IllegalArgumentException if the DataSource gives out connections of the caller's
   *     transaction, as Spring's {@code TransactionAwareDataSourceProxy} does, also behind other
   *     proxies of Spring; says so, and which to give instead
   */
  public static LineStoreProvider of(DataSource dataSource) {
    TransactionalDataSources.refuse(dataSource);
    return new DataSourceStoreProvider(dataSource);
  }
}
