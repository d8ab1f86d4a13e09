package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;

/**
 * Floor: the database's own locks, which end with the session: advisory locks of PostgreSQL, {@code
 * GET_LOCK} of MariaDB. Each thread needs a connection for as long as it waits or holds, nothing is
 * written, and there is no token.
 */
public final class SessionLocks implements Subject {

  /** Longer than any run. */
  private static final String WAIT_SECONDS = "3600";

  private final Address address;

  public SessionLocks(Address address) {
    this.address = address;
  }

  private record SessionMutex(PreparedStatement lock, PreparedStatement unlock)
      implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws SQLException, IOException {
      requireDone(lock);
      return this;
    }

    @Override
    public void release() throws SQLException, IOException {
      requireDone(unlock);
    }

    private static void requireDone(PreparedStatement statement) throws SQLException, IOException {
      try (ResultSet answer = statement.executeQuery()) {
        if (!answer.next() || !answer.getBoolean(1)) {
          throw new IOException("it was not done: " + statement);
        }
      }
    }
  }

  private record SessionClient(SqlSession session, String lock, String unlock) implements Client {

    @Override
    public Mutex mutex(String name) throws SQLException {
      Connection connection = session.connect();
      return new SessionMutex(
          SqlSession.prepare(connection, lock, name), SqlSession.prepare(connection, unlock, name));
    }

    @Override
    public void close() throws IOException {
      session.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() {
    SqlSession session = new SqlSession(address);
    return switch (Database.require(address)) {
      case POSTGRESQL ->
          new SessionClient(
              session,
              // The function that waits answers nothing.
              "SELECT true FROM pg_advisory_lock(hashtextextended(?, 0))",
              "SELECT pg_advisory_unlock(hashtextextended(?, 0))");
      case MARIADB ->
          new SessionClient(
              session, "SELECT GET_LOCK(?, " + WAIT_SECONDS + ")", "SELECT RELEASE_LOCK(?)");
      case H2, SQLITE -> throw new IllegalArgumentException("no session locks: " + address);
    };
  }
}
