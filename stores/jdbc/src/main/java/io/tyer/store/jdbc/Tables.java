package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.store.record.RecordKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Sees to it that the tables are there, and of a format that this release knows. */
final class Tables {

  private static final String FORMAT = "1";

  /** How often they are made and then not found, which is so while others make them. */
  private static final int MOST_TRIES = 5;

  private final Connections connections;
  private final Sql sql;
  private final JdbcAddress address;
  private final ReentrantLock making = new ReentrantLock();
  private volatile boolean ready;

  Tables(Connections connections, Sql sql, JdbcAddress address) {
    this.connections = connections;
    this.sql = sql;
    this.address = address;
  }

  /** Looks, and makes them if they are to be made. Costs nothing once it has succeeded. */
  void ready() throws StoreException {
    if (ready) {
      return;
    }
    check();
    ready = true;
  }

  private void check() throws StoreException {
    String format = format();
    for (int tries = 0;
        (format.isEmpty() || !areAllThere()) && address.create() && tries < MOST_TRIES;
        tries++) {
      make();
      format = format();
    }
    if (format.isEmpty()) {
      throw new StoreException(
          Kind.REFUSED,
          address
              + " has no tables for locks; make them with what tyer schema prints, or allow it with"
              + " create=true");
    }
    if (!format.equals(FORMAT)) {
      throw new StoreException(
          Kind.REFUSED,
          address
              + " has tables of format "
              + format
              + ", and this release knows "
              + FORMAT
              + "; upgrade this client");
    }
  }

  private boolean areAllThere() throws StoreException {
    return isThere(RecordKey.Kind.LINES) && isThere(RecordKey.Kind.SESSION);
  }

  private boolean isThere(RecordKey.Kind kind) throws StoreException {
    return connections.call(
        false,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.executeQuery(sql.about(kind, "exists")).close();
            return true;
          } catch (SQLException e) {
            if (Failures.isMissing(e, address.dialect())) {
              return false;
            }
            throw e;
          }
        });
  }

  /** The format of the tables; empty if there are none. */
  private String format() throws StoreException {
    return connections.call(
        false,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet found = statement.executeQuery(sql.get("format"))) {
            return found.next() ? found.getString(1) : "";
          } catch (SQLException e) {
            if (Failures.isMissing(e, address.dialect())) {
              return "";
            }
            throw e;
          }
        });
  }

  /** Within a process one after the other; several processes do so at once. */
  private void make() throws StoreException {
    making.lock();
    try {
      execute(sql.schemaStatements());
      // The server is then written down in them.
      connections.renew();
    } finally {
      making.unlock();
    }
  }

  private void execute(List<String> statements) throws StoreException {
    for (String sqlStatement : statements) {
      connections.call(
          false,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute(sqlStatement);
            } catch (SQLException e) {
              // Another client makes them at this moment (PostgreSQL): they are looked for next.
              if (Failures.isDuplicate(e, address.dialect())
                  || Failures.isMissing(e, address.dialect())) {
                return false;
              }
              throw e;
            }
          });
    }
  }
}
