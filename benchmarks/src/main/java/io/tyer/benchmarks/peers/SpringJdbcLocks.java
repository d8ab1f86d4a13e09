package io.tyer.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.JavaMutex;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.SqlQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Peer: Spring Integration's locks in a table, with default settings. Waiters poll. */
final class SpringJdbcLocks implements Subject {

  private static final Pattern DEFINITION = Pattern.compile("CREATE TABLE INT_LOCK\\b[^;]*");

  private final Address address;

  SpringJdbcLocks(Address address) {
    this.address = address;
  }

  private record PeerClient(
      JdbcLockRegistry registry, DefaultLockRepository repository, HikariDataSource pool)
      implements Client {

    @Override
    public Mutex mutex(String name) {
      return new JavaMutex(registry.obtain(name));
    }

    @Override
    public void close() {
      repository.close();
      pool.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS);
  }

  @Override
  public boolean spansProcesses() {
    return Places.spansProcesses(address);
  }

  @Override
  public Client open() throws IOException {
    Database database = Database.require(address);
    SqlQuery.makeTable(database.url(address), "INT_LOCK", definition(database));
    HikariDataSource pool = SqlPools.open(address);
    // What a container would call.
    DefaultLockRepository repository = new DefaultLockRepository(pool);
    repository.setTransactionManager(new JdbcTransactionManager(pool));
    repository.afterPropertiesSet();
    repository.afterSingletonsInstantiated();
    repository.start();
    return new PeerClient(new JdbcLockRegistry(repository), repository, pool);
  }

  /** The table as the library itself defines it, among others. */
  private static String definition(Database database) throws IOException {
    String script =
        switch (database) {
          case POSTGRESQL -> "schema-postgresql.sql";
          case MARIADB -> "schema-mysql.sql";
          case H2 -> "schema-h2.sql";
          case SQLITE -> throw new IllegalArgumentException("it has no tables for SQLite");
        };
    String file = "/org/springframework/integration/jdbc/" + script;
    try (InputStream in =
        Objects.requireNonNull(JdbcLockRegistry.class.getResourceAsStream(file), file)) {
      Matcher found = DEFINITION.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (!found.find()) {
        throw new IOException(file + " defines no table of locks");
      }
      return found.group();
    }
  }
}
