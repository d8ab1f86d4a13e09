package io.tyer.fence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The table that values of {@link JdbcVersioned} are kept in, a row each, for PostgreSQL, MySQL,
 * MariaDB, H2 and SQLite. A row may be removed by hand: no version of it comes back.
 */
public final class VersionTable {

  /** What the table is called unless told otherwise. */
  public static final String DEFAULT_NAME = "tyer_version";

  private final String name;

  /** Called {@value #DEFAULT_NAME}. */
  public VersionTable() {
    this(DEFAULT_NAME);
  }

  /**
   * Of this name.
   *
   * @param name letters, digits and {@code _}, perhaps with the schema's name and a dot before it
   * @throws IllegalArgumentException if it is another kind of name
   */
  public VersionTable(String name) {
    this.name = TableName.checked(name, "a version's");
  }

  /**
   * Creates the table if it is not there, by the statement that {@link #ddl} tells. Several
   * processes may do it at once.
   *
   * @throws IllegalStateException if the connection is not in auto-commit mode
   */
  public void create(Connection connection) throws SQLException {
    TableName.create(connection, ddl(connection));
  }

  /** The statement that creates the table in this database, for those who migrate by scripts. */
  public String ddl(Connection connection) throws SQLException {
    return Dialect.of(connection).versionsDdl(name);
  }

  Optional<StoredVersion> load(Connection connection, byte[] resource) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, previous, content FROM " + name + " WHERE resource = ?")) {
      select.setBytes(1, resource);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new StoredVersion(
                    Version.parse(row.getString(1)),
                    Optional.ofNullable(row.getString(2)).map(Version::parse),
                    row.getBytes(3)))
            : Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      throw new SQLException("a row of table " + name + " holds what is no version", "22000", e);
    }
  }

  /** One statement, that of a row, if what stands is the version that is to be followed. */
  boolean store(Connection connection, byte[] resource, StoredVersion next) throws SQLException {
    return next.previous().isPresent()
        ? update(connection, resource, next, next.previous().get())
        : insert(connection, resource, next);
  }

  /** A row that is found is changed, too, so that all drivers count it. */
  private boolean update(
      Connection connection, byte[] resource, StoredVersion next, Version expected)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + name
                + " SET version = ?, previous = ?, content = ? WHERE resource = ? AND version = ?")) {
      update.setString(1, next.version().toString());
      update.setString(2, expected.toString());
      update.setBytes(3, next.content());
      update.setBytes(4, resource);
      update.setString(5, expected.toString());
      return update.executeUpdate() == 1;
    }
  }

  private boolean insert(Connection connection, byte[] resource, StoredVersion next)
      throws SQLException {
    Dialect dialect = Dialect.of(connection);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + name
                + " (resource, version, content) VALUES (?, ?, ?)"
                + dialect.unlessThere())) {
      insert.setBytes(1, resource);
      insert.setString(2, next.version().toString());
      insert.setBytes(3, next.content());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (dialect.saysDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  boolean delete(Connection connection, byte[] resource, Version expected) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM " + name + " WHERE resource = ? AND version = ?")) {
      delete.setBytes(1, resource);
      delete.setString(2, expected.toString());
      return delete.executeUpdate() == 1;
    }
  }

  @Override
  public String toString() {
    return "table " + name;
  }
}
