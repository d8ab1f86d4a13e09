package io.tyer.store.jdbc;

import io.tyer.spi.LineStore;
import io.tyer.spi.LineStoreProvider;
import io.tyer.spi.StoreTraits;
import io.tyer.store.record.RecordLineStore;
import java.time.Duration;

/** Puts a store together. */
final class JdbcLineStores {

  /** Where news arrives, checks find what it cannot tell: deaths, mainly. */
  private static final StoreTraits TOLD =
      new StoreTraits(true, true, Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(2));

  private static final StoreTraits UNTOLD =
      new StoreTraits(true, false, Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(500));

  private JdbcLineStores() {}

  static LineStore open(
      JdbcAddress address, ConnectionSource source, LineStoreProvider.Settings settings) {
    Sql sql = new Sql(address.dialect(), address.prefix());
    Connections connections = new Connections(address, source);
    Notices notices =
        address.dialect() == Dialect.POSTGRESQL
            ? new Notices(address, sql, connections, settings.surroundings())
            : null;
    JdbcMedium medium =
        new JdbcMedium(
            address,
            sql,
            connections,
            new Tables(connections, sql, address),
            settings.surroundings(),
            notices);
    return new RecordLineStore(
        medium,
        settings.surroundings(),
        () -> medium.tells() ? TOLD : UNTOLD,
        settings.operationTimeout());
  }
}
