package io.tyer.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tyer.fence.Codec;
import io.tyer.fence.JdbcVersioned;
import io.tyer.fence.VersionTable;
import io.tyer.fence.Versioned;
import io.tyer.servers.sql.H2Kind;
import io.tyer.servers.sql.MariaDbKind;
import io.tyer.servers.sql.MysqlDriverKind;
import io.tyer.servers.sql.PostgresKind;
import io.tyer.servers.sql.SqliteKind;
import io.tyer.testkit.server.ServerKind;
import io.tyer.testkit.server.StoreServer;
import io.tyer.testkit.versioned.VersionedContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Values that are changed without a lock, in each database; every client has a pool of its own. */
class JdbcVersionedTest {

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class InDatabase extends VersionedContract {

    private static final int CLIENTS = 2;

    private final ServerKind kind;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private int turn;

    InDatabase(ServerKind kind) {
      this.kind = kind;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
      StoreServer server = kind.start(directory);
      open.add(server);
      for (int i = 0; i < CLIENTS; i++) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.address());
        config.setMaximumPoolSize(3);
        HikariDataSource pool = new HikariDataSource(config);
        pools.add(pool);
        open.add(0, pool);
      }
      try (Connection connection = pools.get(0).getConnection()) {
        new VersionTable().create(connection);
      }
    }

    @AfterAll
    void stop() throws Exception {
      for (AutoCloseable each : open) {
        each.close();
      }
    }

    @Override
    protected <T> Versioned<T> open(String resource, Codec<T> codec) {
      return new JdbcVersioned<>(pools.get(turn++ % CLIENTS), resource, codec);
    }
  }

  @Nested
  class H2 extends InDatabase {
    H2() {
      super(new H2Kind());
    }
  }

  @Nested
  class Sqlite extends InDatabase {
    Sqlite() {
      super(new SqliteKind());
    }
  }

  @Nested
  class Postgres extends InDatabase {
    Postgres() {
      super(new PostgresKind());
    }
  }

  @Nested
  class MariaDb extends InDatabase {
    MariaDb() {
      super(new MariaDbKind());
    }
  }

  @Nested
  class MysqlDriver extends InDatabase {
    MysqlDriver() {
      super(new MysqlDriverKind());
    }
  }
}
