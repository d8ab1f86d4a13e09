package io.tyer.store.jdbc;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Stores on the connections of one DataSource. */
final class DataSourceStoreProvider implements LineStoreProvider {

  private final DataSource dataSource;

  DataSourceStoreProvider(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("jdbc");
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    Found found = look(address);
    return JdbcLineStores.open(
        found.address,
        new GivenDataSource(found.address, dataSource, settings.operationTimeout(), found.direct),
        settings);
  }

  /**
   * Where it leads.
   *
   * @param direct whether its connections end at the database itself
   */
  private record Found(JdbcAddress address, boolean direct) {}

  private Found look(StoreAddress address) throws StoreException {
    // Before anything is asked of the database.
    JdbcAddress.requireDataSource(address);
    try {
      Connection connection = GivenDataSource.borrow(dataSource);
      try {
        String url = String.valueOf(connection.getMetaData().getURL());
        String product = connection.getMetaData().getDatabaseProductName();
        Dialect dialect =
            Dialect.ofProduct(product)
                .orElseThrow(
                    () ->
                        new StoreException(
                            Kind.REFUSED,
                            "the DataSource leads to "
                                + product
                                + "; Tyer knows PostgreSQL, MySQL, MariaDB, H2 and SQLite"));
        if (dialect == Dialect.POSTGRESQL && !connection.isWrapperFor(PGConnection.class)) {
          throw new StoreException(
              Kind.REFUSED,
              "the DataSource's connections do not unwrap to org.postgresql.PGConnection, by which"
                  + " waiters are told; give one of "
                  + dialect.driver()
                  + " or of a pool of it");
        }
        return new Found(
            JdbcAddress.ofDataSource(address, url, dialect),
            dialect == Dialect.POSTGRESQL && PostgresBackend.isReached(connection));
      } finally {
        connection.close();
      }
    } catch (SQLException e) {
      throw new StoreException(
          Kind.UNREACHABLE, "the DataSource gives no connection: " + Failures.said(e));
    }
  }
}
