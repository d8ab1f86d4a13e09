package io.tyer.fence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * A database at one of its isolation levels.
 *
 * @param level as JDBC counts them
 */
record Place(Database database, int level) {

  /** What a transaction does. */
  interface Body {
    void run(Connection connection) throws SQLException, InterruptedException;
  }

  static Stream<Place> all() {
    return Stream.of(Database.values())
        .flatMap(database -> database.levels().stream().map(level -> new Place(database, level)));
  }

  /** Where writers of different rows need not wait for each other. */
  static Stream<Place> withManyWriters() {
    return all().filter(place -> place.database != Database.SQLITE);
  }

  Connection connect() throws SQLException {
    return database.connect(level);
  }

  /**
   * One transaction.
   *
   * @return false if the database asks for its repetition
   */
  boolean commit(Body body) throws SQLException, InterruptedException {
    try (Connection connection = connect()) {
      try {
        body.run(connection);
        connection.commit();
        return true;
      } catch (SQLException e) {
        connection.rollback();
        if (Database.toRepeat(e)) {
          return false;
        }
        throw e;
      } catch (StaleTokenException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
