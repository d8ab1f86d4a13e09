package io.tyer.example.transfers;

import io.tyer.Lease;
import io.tyer.example.frame.Transactions;
import io.tyer.example.frame.Transactions.Work;
import io.tyer.fence.JdbcFence;
import java.sql.SQLException;
import javax.sql.DataSource;

/** One of the databases. Each has a fence of its own, beside what it protects. */
final class Bank {

  private final Transactions transactions;
  private final JdbcFence fence = new JdbcFence();

  Bank(DataSource database) {
    transactions = new Transactions(database);
  }

  /**
   * A transaction under the lock of one of this bank's accounts. Once it has committed, no older
   * holder of the lock writes here any more: what was read stays true until a newer one comes.
   *
   * @throws io.tyer.fence.StaleTokenException if a newer one has come already; nothing was done
   * @throws io.tyer.LeaseLostException if the lock is known to be lost; nothing was done
   * @throws io.tyer.OutcomeUnknownException if it may be lost; nothing was done
   * @throws SQLException if the database fails; nothing was done unless it failed at the commit
   */
  <T> T fenced(Lease lease, Work<T> work) throws SQLException {
    return transaction(
        connection -> {
          fence.check(connection, lease.name(), lease.token()); // first: before anything is read
          T result = work.on(connection);
          lease.checkValid(); // not for safety: nothing more is begun once the lock is lost
          return result;
        });
  }

  /** A transaction under no lock, for what only looks. */
  <T> T transaction(Work<T> work) throws SQLException {
    return transactions.call(work);
  }

  void createTables() throws SQLException {
    transactions.execute(fence::createTable, Ledger.TABLES);
  }
}
