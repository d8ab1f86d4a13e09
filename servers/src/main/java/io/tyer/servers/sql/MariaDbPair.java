package io.tyer.servers.sql;

import io.tyer.servers.process.ServerProcess;
import io.tyer.servers.process.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A MariaDB server, and a read-only replica that can take its place. Their user may do anything, so
 * that it is not bound by {@code read_only}.
 */
public final class MariaDbPair implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** How a primary waits for its replica with each commit, before others see it, and for ever. */
  private static final List<String> WAITS =
      List.of(
          "rpl_semi_sync_master_wait_point = 'AFTER_SYNC'",
          "rpl_semi_sync_master_timeout = 4294967295",
          "rpl_semi_sync_master_enabled = 1");

  private final ServerProcess primary;
  private final ServerProcess replica;

  private MariaDbPair(ServerProcess primary, ServerProcess replica) {
    this.primary = primary;
    this.replica = replica;
  }

  /**
   * Starts both, and returns when what the primary commits arrives at the replica.
   *
   * @param directory for their data and logs
   * @param synchronous whether the primary waits for the replica with each commit
   */
  public static MariaDbPair start(Path directory, boolean synchronous) throws IOException {
    List<String> follows =
        synchronous
            ? List.of("--read-only", "--rpl-semi-sync-slave-enabled=ON")
            : List.of("--read-only");
    MariaDbPair pair =
        new MariaDbPair(
            server(directory.resolve("primary"), 1, List.of()),
            server(directory.resolve("replica"), 2, follows));
    boolean started = false;
    try {
      pair.primary.start();
      pair.replica.start();
      pair.follow();
      if (synchronous) {
        pair.waitForReplica();
      }
      started = true;
      return pair;
    } finally {
      if (!started) {
        pair.close();
      }
    }
  }

  private static ServerProcess server(Path directory, int id, List<String> settings)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--server-id=" + id, "--log-bin=binlog"));
    all.addAll(settings);
    return MariaDbProgram.in(directory, MariaDbPair::url, Map.of(), all);
  }

  private static String url(String host, int port, String database) {
    return new MariaDbKind().url(host, port, database);
  }

  private void follow() throws IOException {
    asks(
        replicaAddress(),
        "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_USER='root', MASTER_SSL=0,"
            + " MASTER_CONNECT_RETRY=1, MASTER_USE_GTID=slave_pos, MASTER_PORT="
            + primary.port());
    asks(replicaAddress(), "START REPLICA");
    Until.holds(
        "the replica follows the primary",
        SOON,
        () ->
            status("Slave_IO_Running").equals("Yes") && status("Slave_SQL_Running").equals("Yes"));
  }

  private void waitForReplica() throws IOException {
    for (String setting : WAITS) {
      asks(primaryAddress(), "SET GLOBAL " + setting);
    }
    Until.holds(
        "the primary waits for the replica",
        SOON,
        () ->
            asks(
                    primaryAddress(),
                    "SELECT GROUP_CONCAT(variable_value ORDER BY variable_name) FROM information_schema.global_status"
                        + " WHERE variable_name IN ('RPL_SEMI_SYNC_MASTER_CLIENTS', 'RPL_SEMI_SYNC_MASTER_STATUS')")
                .equals("1,ON"));
  }

  /** Both, the primary first. */
  public String address() {
    return primaryAddress()
        .replace("jdbc:mariadb:", "jdbc:mariadb:sequential:")
        .replace(primary.toString(), primary + "," + replica);
  }

  /** What was started as the primary. */
  public String primaryAddress() {
    return url("127.0.0.1", primary.port(), MariaDbKind.OTHER);
  }

  /** What was started as the replica. */
  public String replicaAddress() {
    return url("127.0.0.1", replica.port(), MariaDbKind.OTHER);
  }

  /** What is committed from now on does not arrive at the replica. */
  public void separate() throws IOException {
    asks(replicaAddress(), "STOP REPLICA");
  }

  /** Returns when all that was committed is at the replica. */
  public void awaitReplica() throws IOException {
    Until.holds(
        "the replica has everything",
        SOON,
        () ->
            asks(replicaAddress(), "SELECT @@global.gtid_slave_pos")
                .equals(asks(primaryAddress(), "SELECT @@global.gtid_binlog_pos")));
  }

  /** Kills the primary. */
  public void killPrimary() {
    primary.kill();
  }

  /** Makes the replica the primary, once it has applied what has arrived. */
  public void promote() throws IOException {
    if (status("Slave_SQL_Running").equals("Yes")) {
      Until.holds(
          "the replica has applied what it has got",
          SOON,
          () ->
              status("Read_Master_Log_Pos").equals(status("Exec_Master_Log_Pos"))
                  && status("Master_Log_File").equals(status("Relay_Master_Log_File")));
    }
    asks(replicaAddress(), "STOP REPLICA");
    asks(replicaAddress(), "RESET REPLICA ALL");
    asks(replicaAddress(), "SET GLOBAL read_only = 0");
  }

  /** Starts what was the primary once more, with all that it has committed, and read-only. */
  public void startPrimaryAgain() throws IOException {
    primary.start();
    asks(primaryAddress(), "SET GLOBAL read_only = 1");
  }

  /** Lets what was the primary be one again, without anything of what was committed since. */
  public void promotePrimaryAgain() throws IOException {
    asks(primaryAddress(), "SET GLOBAL read_only = 0");
  }

  /** Kills what was started as the replica. */
  public void killReplica() {
    replica.kill();
  }

  private String status(String column) throws IOException {
    try (Connection connection = DriverManager.getConnection(replicaAddress());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SHOW REPLICA STATUS")) {
      return found.next() ? String.valueOf(found.getString(column)) : "";
    } catch (SQLException e) {
      throw new IOException(e);
    }
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
      throw new IOException(sql + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
