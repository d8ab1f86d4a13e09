package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.floors.InsertedRows;
import io.tyer.benchmarks.floors.SessionLocks;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import java.util.Set;

/** What the SQL store is measured beside: other libraries, and the least that any could cost. */
public final class SqlPeers implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public SqlPeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(
        "advisory-postgresql",
        "insert-postgresql",
        "insert-later-postgresql",
        "spring-postgresql",
        "shedlock-postgresql",
        "get-lock-mariadb",
        "insert-mariadb",
        "spring-mariadb",
        "shedlock-mariadb",
        "insert-h2",
        "spring-h2",
        "shedlock-h2",
        "insert-sqlite");
  }

  @Override
  public Subject subject(Address address) {
    return switch (address.scheme()) {
      case "advisory-postgresql", "get-lock-mariadb" -> new SessionLocks(address);
      case "insert-postgresql", "insert-mariadb", "insert-h2", "insert-sqlite" ->
          new InsertedRows(address, false);
      case "insert-later-postgresql" -> new InsertedRows(address, true);
      case "spring-postgresql", "spring-mariadb", "spring-h2" -> new SpringJdbcLocks(address);
      case "shedlock-postgresql", "shedlock-mariadb", "shedlock-h2" -> new ShedLocks(address);
      default -> throw new IllegalArgumentException(address.toString());
    };
  }
}
