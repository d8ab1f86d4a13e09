package io.tyer.servers.sql;

import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL server, and a standby that can take its place. */
public final class PostgresPair implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final ServerProcess primary;
  private final ServerProcess standby;

  private PostgresPair(ServerProcess primary, ServerProcess standby) {
    this.primary = primary;
    this.standby = standby;
  }

  /**
   * Starts both, and returns when what the primary commits arrives at the standby.
   *
   * @param directory for their data and logs
   * @param synchronous whether the primary waits for the standby with each commit
   */
  public static PostgresPair start(Path directory, boolean synchronous) throws IOException {
    Path first = directory.resolve("primary");
    Path second = directory.resolve("standby");
    Files.createDirectories(first.resolve("data"));
    String program = PostgresProgram.initialise(first.resolve("data"));
    copy(first, second);
    ServerProcess primary =
        server(
            first,
            program,
            Map.of("synchronous_standby_names", synchronous ? "*" : "", "wal_level", "replica"));
    ServerProcess standby = server(second, program, Map.of());
    Files.createFile(second.resolve("data/standby.signal"));
    Files.writeString(
        second.resolve("data/postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=" + primary.port() + " user=postgres'\n");
    PostgresPair pair = new PostgresPair(primary, standby);
    boolean started = false;
    try {
      primary.start();
      standby.start();
      pair.awaitStreaming(synchronous ? "sync" : "async");
      started = true;
      return pair;
    } finally {
      if (!started) {
        pair.close();
      }
    }
  }

  private static ServerProcess server(Path directory, String program, Map<String, String> settings)
      throws IOException {
    return PostgresProgram.over(directory, program, PostgresPair::url, Map.of(), settings);
  }

  private static String url(String host, int port, String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database + "?user=postgres";
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path one : files.toList()) {
        Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.setPosixFilePermissions(to.resolve("data"), PosixFilePermissions.fromString("rwx------"));
  }

  private void awaitStreaming(String state) throws IOException {
    Until.holds(
        "the standby follows the primary",
        SOON,
        () -> asks(primaryAddress(), "SELECT sync_state FROM pg_stat_replication").equals(state));
  }

  /** Both, the primary first. */
  public String address() {
    return "jdbc:postgresql://"
        + primary
        + ","
        + standby
        + "/"
        + PostgresKind.OTHER
        + "?user=postgres";
  }

  /** What was started as the primary. */
  public String primaryAddress() {
    return url("127.0.0.1", primary.port(), PostgresKind.OTHER);
  }

  /** What was started as the standby. */
  public String standbyAddress() {
    return url("127.0.0.1", standby.port(), PostgresKind.OTHER);
  }

  /** What is committed from now on does not arrive at the standby. */
  public void separate() throws IOException {
    asks(standbyAddress(), "ALTER SYSTEM SET primary_conninfo = ''");
    asks(standbyAddress(), "SELECT pg_reload_conf()");
    Until.holds(
        "the standby no longer follows",
        SOON,
        () -> asks(primaryAddress(), "SELECT COUNT(*) FROM pg_stat_replication").equals("0"));
  }

  /** Returns when all that was committed is at the standby. */
  public void awaitStandby() throws IOException {
    Until.holds(
        "the standby has everything",
        SOON,
        () ->
            asks(
                    primaryAddress(),
                    "SELECT COALESCE(bool_and(replay_lsn >= pg_current_wal_lsn()), false) FROM pg_stat_replication")
                .equals("t"));
  }

  /** Kills the primary. */
  public void killPrimary() {
    primary.kill();
  }

  /** Makes the standby the primary, and returns when it writes. */
  public void promote() throws IOException {
    asks(standbyAddress(), "SELECT pg_promote()");
    Until.holds(
        "the standby writes",
        SOON,
        () -> asks(standbyAddress(), "SELECT pg_is_in_recovery()").equals("f"));
  }

  private static String asks(String address, String sql) throws IOException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet found = statement.getResultSet()) {
        return found.next() ? found.getString(1) : "";
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    standby.close();
    primary.close();
  }
}
