package io.tyer.example.jobs;

import io.tyer.Lease;
import io.tyer.example.frame.HostedDatabase;
import io.tyer.example.frame.Sql;
import io.tyer.example.frame.Transactions;
import io.tyer.fence.JdbcFence;
import java.sql.Connection;
import java.sql.SQLException;
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

  private final Transactions transactions;
  private final JdbcFence fence = new JdbcFence();

  private JobTable(DataSource database) {
    transactions = new Transactions(database);
  }

  /** That of a database which has one. */
  static JobTable at(String url) {
    return new JobTable(HostedDatabase.connect(url));
  }

  /** Makes one, without jobs. */
  static JobTable create(HostedDatabase database) throws SQLException {
    JobTable table = at(database.url());
    table.transactions.execute(table.fence::createTable, TABLES);
    return table;
  }

  void add(Job job) throws SQLException {
    int unused =
        transactions.call(
            connection ->
                Sql.changed(
                    connection,
                    "INSERT INTO job (id, kind, text) VALUES (?, ?, ?)",
                    job.id(),
                    job.kind(),
                    job.text()));
  }

  /** What is to be done, of this kind; some of it may be under way. */
  List<Job> open(String kind) throws SQLException {
    return transactions.call(
        connection ->
            Sql.rows(
                connection,
                row -> new Job(row.getLong(1), kind, row.getString(2)),
                "SELECT id, text FROM job WHERE kind = ? AND done_by IS NULL ORDER BY id",
                kind));
  }

  /**
   * Under the job's lock: whether it is still to be done, and by which configuration. From here on
   * no former holder of the lock can complete it.
   *
   * @return empty if somebody has done it
   * @throws io.tyer.fence.StaleTokenException if somebody newer has the lock already
   */
  Optional<Configuration> begin(Lease lease, Job job) throws SQLException {
    return transactions.call(
        connection -> {
          fence.check(connection, job.lock(), lease.token()); // first: before anything is read
          return Sql.number(connection, OPEN + " AND id = ?", job.id()) == 0
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
   * @throws io.tyer.fence.StaleTokenException if somebody newer has the job; nothing was written
   * @throws io.tyer.LeaseLostException if the lock is known to be lost; nothing was written
   * @throws SQLException if the database fails; nothing was written unless it failed at the commit,
   *     and then the job is seen to be done by whoever looks next
   */
  boolean complete(Lease lease, Job job, Configuration used, String worker, String result)
      throws SQLException {
    return transactions.call(
        connection -> {
          fence.check(connection, job.lock(), lease.token()); // refused if somebody came after
          // Read leases hold beside each other, so their tokens tell nothing: the version does.
          if (configuration(connection, " FOR UPDATE").version() != used.version()) {
            return false;
          }
          int rows =
              Sql.changed(
                  connection,
                  "UPDATE job SET done_by = ?, token = ? WHERE id = ? AND done_by IS NULL",
                  worker,
                  lease.token(),
                  job.id());
          if (rows == 0) {
            return true; // a commit of ours that was not acknowledged
          }
          Sql.change(connection, "INSERT INTO result (job, text) VALUES (?, ?)", job.id(), result);
          lease.checkValid(); // not for safety: spares a vain commit
          return true;
        });
  }

  /**
   * Under the write lock: no job runs, and none that was paused can be completed by the old one.
   */
  void configure(Lease lease, String sender) throws SQLException {
    int unused =
        transactions.call(
            connection -> {
              fence.check(connection, Configuration.LOCK, lease.token());
              int rows =
                  Sql.changed(
                      connection,
                      "UPDATE configuration SET version = version + 1, sender = ?",
                      sender);
              lease.checkValid();
              return rows;
            });
  }

  Configuration configuration() throws SQLException {
    return transactions.call(connection -> configuration(connection, ""));
  }

  private static Configuration configuration(Connection connection, String locking)
      throws SQLException {
    return Sql.row(
        connection,
        row -> new Configuration(row.getLong(1), row.getString(2)),
        "SELECT version, sender FROM configuration" + locking);
  }

  /** How many jobs each worker has done. */
  Map<String, Long> doneBy() throws SQLException {
    return transactions.call(
        connection -> {
          Map<String, Long> done = new TreeMap<>();
          String query =
              "SELECT done_by, COUNT(*) FROM job WHERE done_by IS NOT NULL GROUP BY done_by";
          Sql.rows(connection, row -> Map.entry(row.getString(1), row.getLong(2)), query)
              .forEach(worker -> done.put(worker.getKey(), worker.getValue()));
          return done;
        });
  }

  /** How many jobs are not done. */
  long open() throws SQLException {
    return transactions.call(connection -> Sql.number(connection, OPEN));
  }

  /** How many results there are, and of how many jobs. */
  List<Long> results() throws SQLException {
    return transactions.call(
        connection ->
            List.of(
                Sql.number(connection, "SELECT COUNT(*) FROM result"),
                Sql.number(connection, "SELECT COUNT(DISTINCT job) FROM result")));
  }
}
