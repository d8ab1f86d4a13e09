package io.tyer.example.jobs;

import io.tyer.Lease;
import io.tyer.fence.JdbcFence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The jobs, what came of them, and the configuration: tables of one database. */
final class JobTable {

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE job (id bigint PRIMARY KEY, kind varchar(20) NOT NULL,"
              + " text varchar(200) NOT NULL, done_by varchar(40), token bigint)",
          // No key: what was done twice would be there twice.
          "CREATE TABLE result (job bigint NOT NULL, text varchar(400) NOT NULL)",
          "CREATE TABLE configuration (version bigint NOT NULL, sender varchar(40) NOT NULL)",
          "INSERT INTO configuration VALUES (1, 'the first sender')");

  private static final String OPEN = "SELECT COUNT(*) FROM job WHERE done_by IS NULL";

  private final DataSource database;
  private final JdbcFence fence = new JdbcFence();

  JobTable(DataSource database) {
    this.database = database;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  void create() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      fence.createTable(connection);
      for (String table : TABLES) {
        statement.execute(table);
      }
    }
  }

  void add(Job job) throws SQLException {
    int unused =
        transaction(
            connection ->
                update(
                    connection,
                    "INSERT INTO job (id, kind, text) VALUES (?, ?, ?)",
                    job.id(),
                    job.kind(),
                    job.text()));
  }

  /** What is to be done, of this kind; some of it may be under way. */
  List<Job> open(String kind) throws SQLException {
    return transaction(
        connection -> {
          List<Job> jobs = new ArrayList<>();
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT id, text FROM job WHERE kind = ? AND done_by IS NULL ORDER BY id")) {
            query.setString(1, kind);
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                jobs.add(new Job(row.getLong(1), kind, row.getString(2)));
              }
            }
          }
          return jobs;
        });
  }

  /**
   * Under the job's lock: whether it is still to be done, and by which configuration. From here on
   * no former holder of the lock can complete it.
   *
   * @return empty if somebody has done it
   * @throws io.tyer.StaleTokenException if somebody newer has the lock already
   */
  Optional<Configuration> begin(Lease lease, Job job) throws SQLException {
    return transaction(
        connection -> {
          fence.check(connection, job.lock(), lease.token()); // first: before anything is read
          return number(connection, OPEN + " AND id = " + job.id()) == 0
              ? Optional.empty()
              : Optional.of(configuration(connection, ""));
        });
  }

  /**
   * Under the job's lock: writes down that it is done and what came of it, in one transaction, so
   * that both are there or neither, and once.
   *
   * @return false if the configuration has been changed meanwhile, as can happen to one that was
   *     paused; then nothing was written, and the job is still to be done
   * @throws io.tyer.StaleTokenException if somebody newer has the job; nothing was written
   * @throws io.tyer.LeaseLostException if the lock is known to be lost; nothing was written
   * @throws SQLException if the database fails; nothing was written unless it failed at the commit,
   *     and then the job is seen to be done by whoever looks next
   */
  boolean complete(Lease lease, Job job, Configuration used, String worker, String result)
      throws SQLException {
    return transaction(
        connection -> {
          fence.check(connection, job.lock(), lease.token()); // refused if somebody came after
          // Read leases hold beside each other, so their tokens tell nothing: the version does.
          if (configuration(connection, " FOR UPDATE").version() != used.version()) {
            return false;
          }
          int rows =
              update(
                  connection,
                  "UPDATE job SET done_by = ?, token = ? WHERE id = ? AND done_by IS NULL",
                  worker,
                  lease.token(),
                  job.id());
          if (rows == 0) {
            return true; // a commit of ours that was not acknowledged
          }
          int unused =
              update(connection, "INSERT INTO result (job, text) VALUES (?, ?)", job.id(), result);
          lease.checkValid(); // not for safety: spares a vain commit
          return true;
        });
  }

  /**
   * Under the write lock: no job runs, and none that was paused can be completed by the old one.
   */
  void configure(Lease lease, String sender) throws SQLException {
    int unused =
        transaction(
            connection -> {
              fence.check(connection, Configuration.LOCK, lease.token());
              int rows =
                  update(
                      connection,
                      "UPDATE configuration SET version = version + 1, sender = ?",
                      sender);
              lease.checkValid();
              return rows;
            });
  }

  Configuration configuration() throws SQLException {
    return transaction(connection -> configuration(connection, ""));
  }

  private static Configuration configuration(Connection connection, String locking)
      throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT version, sender FROM configuration" + locking);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("there is no configuration");
      }
      return new Configuration(row.getLong(1), row.getString(2));
    }
  }

  /** How many jobs each worker has done. */
  Map<String, Long> doneBy() throws SQLException {
    return transaction(
        connection -> {
          Map<String, Long> done = new TreeMap<>();
          try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT done_by, COUNT(*) FROM job WHERE done_by IS NOT NULL"
                          + " GROUP BY done_by");
              ResultSet row = query.executeQuery()) {
            while (row.next()) {
              done.put(row.getString(1), row.getLong(2));
            }
          }
          return done;
        });
  }

  /** How many jobs are not done. */
  long open() throws SQLException {
    return transaction(connection -> number(connection, OPEN));
  }

  /** How many results there are, and of how many jobs. */
  List<Long> results() throws SQLException {
    return transaction(
        connection ->
            List.of(
                number(connection, "SELECT COUNT(*) FROM result"),
                number(connection, "SELECT COUNT(DISTINCT job) FROM result")));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("there is no row: " + sql);
      }
      return row.getLong(1);
    }
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        try {
          connection.rollback();
        } catch (SQLException again) {
          e.addSuppressed(again);
        }
        throw e;
      }
    }
  }
}
