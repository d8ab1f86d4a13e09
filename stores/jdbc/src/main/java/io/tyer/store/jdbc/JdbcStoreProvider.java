package io.tyer.store.jdbc;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/**
 * Stores in SQL databases, by their JDBC URLs: {@code jdbc:postgresql:}, {@code jdbc:mysql:},
 * {@code jdbc:mariadb:}, {@code jdbc:h2:}, {@code jdbc:sqlite:}. The driver is to be on the class
 * path.
 *
 * <p>Options beside those of the driver: {@code prefix}, with what the names of the tables begin,
 * {@code tyer} if not given, and perhaps their schema and a dot before it; {@code create=false}:
 * tables are not made where there are none; {@code connections}: how many there may be at most;
 * {@code listen-url}, on PostgreSQL: where the connection that listens is made, if not where all
 * are.
 *
 * <p>For a {@link javax.sql.DataSource} that there is already, see {@link JdbcStores}.
 */
public final class JdbcStoreProvider implements LineStoreProvider {

  /** For {@link java.util.ServiceLoader}. */
  public JdbcStoreProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("jdbc");
  }

  @SuppressWarnings("UnusedException") // It says that there is no driver, and quotes the URL.
  private static void requireDriver(JdbcAddress address) throws StoreException {
    try {
      DriverManager.getDriver(address.url());
    } catch (SQLException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED,
          "no driver for "
              + address
              + " is on the class path; add "
              + address.dialect().driver()
              + ", or mend the URL");
    }
  }

  @Override
  public LineStore open(StoreAddress address, Settings settings) throws StoreException {
    JdbcAddress jdbc = JdbcAddress.of(address);
    requireDriver(jdbc);
    return JdbcLineStores.open(
        jdbc,
        new OwnPool(jdbc, settings.operationTimeout(), settings.surroundings()::nanoTime),
        settings);
  }
}
