package io.tyer.store.jdbc;

import io.tyer.testkit.contract.Feature;
import io.tyer.testkit.contract.ServerUnderTest;
import io.tyer.testkit.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database, whose rows an operator may remove. */
final class DatabaseUnderTest extends ServerUnderTest {

  private final boolean tells;

  /** On a server of its own, if it needs one. */
  DatabaseUnderTest(ServerKind kind, Path directory) throws IOException {
    this(kind, () -> kind.start(directory));
  }

  /** Where the start says. */
  DatabaseUnderTest(ServerKind kind, Start start) throws IOException {
    super(kind, new JdbcStoreProvider(), start);
    WarmUp.at(server().address());
    tells = server().address().startsWith("jdbc:postgresql:");
  }

  @Override
  public Optional<String> whyNot(Feature feature) {
    return switch (feature) {
      case REMOVE_LINE -> Optional.empty();
      case ONE_CONNECTION -> Optional.of("a client has several connections");
      case TELLS ->
          tells ? Optional.empty() : Optional.of("this database cannot tell clients anything");
      default -> super.whyNot(feature);
    };
  }

  @Override
  public void removeLine(String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server().address());
        PreparedStatement removal =
            connection.prepareStatement("DELETE FROM tyer_line WHERE name = ?")) {
      removal.setString(1, name);
      removal.executeUpdate();
    }
  }

  /** What the pool says of connections that broke. */
  @Override
  public List<String> expectedWarnings() {
    return List.of(
        "tyer - (Failed to validate connection|Connection .* marked as broken|Default transaction)",
        "Timed-out waiting for add connection executor");
  }
}
