package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.SqlQuery;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;

/**
 * Floor: a row that is inserted and deleted, each by a statement that commits by itself. Each
 * thread has a connection. Nobody waits, no death is noticed, and there is no token.
 */
public final class InsertedRows implements Subject {

  private static final String TABLE =
      "CREATE TABLE inserted_row (name VARCHAR(200) NOT NULL PRIMARY KEY)";
  private static final String INSERT = "INSERT INTO inserted_row (name) VALUES (?)";
  private static final String DELETE = "DELETE FROM inserted_row WHERE name = ?";

  /** What it sets ends with the statement's own transaction. */
  private static final String DELETE_LATER =
      "WITH setting AS (SELECT set_config('synchronous_commit', 'off', true))"
          + " DELETE FROM inserted_row USING setting WHERE name = ?";

  private final Address address;
  private final boolean later;

  /**
   * A floor.
   *
   * @param later whether nobody waits until what was deleted is written to the disk
   */
  public InsertedRows(Address address, boolean later) {
    this.address = address;
    this.later = later;
  }

  private record RowMutex(PreparedStatement insert, PreparedStatement delete)
      implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws SQLException {
      int unused = insert.executeUpdate();
      return this;
    }

    @Override
    public void release() throws SQLException, IOException {
      if (delete.executeUpdate() != 1) {
        throw new IOException("somebody else has deleted the row");
      }
    }
  }

  private record RowClient(SqlSession session, String delete) implements Client {

    @Override
    public Mutex mutex(String name) throws SQLException {
      Connection connection = session.connect();
      return new RowMutex(
          SqlSession.prepare(connection, INSERT, name),
          SqlSession.prepare(connection, delete, name));
    }

    @Override
    public void close() throws IOException {
      session.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS);
  }

  @Override
  public boolean spansProcesses() {
    return Places.spansProcesses(address);
  }

  @Override
  public Client open() throws IOException {
    SqlQuery.makeTable(Database.require(address).url(address), "inserted_row", TABLE);
    return new RowClient(new SqlSession(address), later ? DELETE_LATER : DELETE);
  }
}
