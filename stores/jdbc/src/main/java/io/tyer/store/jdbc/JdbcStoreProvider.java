package io.tyer.store.jdbc;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreAddress;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.RecordLineStore;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Stores in SQL databases, by their JDBC URLs: {@code jdbc:postgresql:}, {@code jdbc:mysql:},
 * {@code jdbc:mariadb:}, {@code jdbc:h2:}, {@code jdbc:sqlite:}. The driver is to be on the class
 * path.
 *
 * <p>Options beside those of the driver: {@code prefix}, with what the names of the tables begin,
 * {@code tyer} if not given, and perhaps their schema and a dot before it; {@code create=false}:
 * tables are not made where there are none; {@code connections}: how many there may be at most.
 */
public final class JdbcStoreProvider implements LineStoreProvider {

  /** Where news arrives, checks find what it cannot tell: deaths, mainly. */
  private static final StoreTraits TOLD =
      new StoreTraits(true, true, Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(2));

  private static final StoreTraits UNTOLD =
      new StoreTraits(true, false, Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(500));

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
    Sql sql = new Sql(jdbc.dialect(), jdbc.prefix());
    Connections connections =
        new Connections(jdbc, settings.operationTimeout(), settings.surroundings()::nanoTime);
    Notices notices =
        jdbc.dialect() == Dialect.POSTGRESQL
            ? new Notices(jdbc, sql, connections, settings.surroundings())
            : null;
    JdbcMedium medium =
        new JdbcMedium(
            jdbc,
            sql,
            connections,
            new Tables(connections, sql, jdbc),
            settings.surroundings(),
            notices);
    return new RecordLineStore(
        medium,
        settings.surroundings(),
        medium.tells() ? TOLD : UNTOLD,
        settings.operationTimeout());
  }
}
