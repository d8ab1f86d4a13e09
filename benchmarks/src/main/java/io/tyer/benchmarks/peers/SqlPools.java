package io.tyer.benchmarks.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Database;

/** Connections to a database as an application has them: a pool that its threads share. */
public final class SqlPools {

  /** For more threads at once, a pool waits rather than grows, as is usual. */
  public static final int MOST = 20;

  private SqlPools() {}

  /** A pool of as many connections as threads want at once, up to the most. */
  public static HikariDataSource open(Address place) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Database.require(place).url(place));
    config.setMaximumPoolSize(MOST);
    config.setMinimumIdle(1);
    return new HikariDataSource(config);
  }
}
