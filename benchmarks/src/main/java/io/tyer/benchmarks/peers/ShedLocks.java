package io.tyer.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import io.tyer.benchmarks.server.Places;
import io.tyer.benchmarks.server.SqlQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.ExtensibleLockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.redis.spring.RedisLockProvider;
import net.javacrumbs.shedlock.support.KeepAliveLockProvider;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Peer, for information: ShedLock. Nobody waits: who finds a lock taken goes away. */
final class ShedLocks implements Subject {

  private static final Duration AT_MOST = Duration.ofSeconds(30);

  /** It is extended at half of that. */
  private static final long RENEWAL_MILLIS = 15_000;

  private final Address address;

  ShedLocks(Address address) {
    this.address = address;
  }

  private record PeerMutex(LockProvider provider, String name) implements Mutex {

    @Override
    public Held acquire() throws IOException {
      SimpleLock lock =
          provider
              .lock(new LockConfiguration(ClockProvider.now(), name, AT_MOST, Duration.ZERO))
              .orElseThrow(() -> new IOException("somebody else has the lock " + name));
      return lock::unlock;
    }
  }

  /** A provider, and what ends its connections. */
  private record Connected(ExtensibleLockProvider provider, Runnable end) {}

  private record PeerClient(LockProvider provider, Runnable end, ScheduledExecutorService renewal)
      implements Client {

    @Override
    public Mutex mutex(String name) {
      return new PeerMutex(provider, name);
    }

    @Override
    public long keptEveryMillis() {
      return RENEWAL_MILLIS;
    }

    @Override
    public void close() {
      renewal.shutdownNow();
      end.run();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.HOLDS_MANY);
  }

  @Override
  public boolean spansProcesses() {
    return Places.spansProcesses(address);
  }

  @Override
  public Client open() throws IOException {
    Connected connected = connect();
    return new PeerClient(connected.provider, connected.end, scheduler());
  }

  /** Its locks end unless somebody extends them; holders of many need that. */
  @Override
  public Client openToHold() throws IOException {
    Connected connected = connect();
    ScheduledExecutorService scheduler = scheduler();
    LockProvider keeping = new KeepAliveLockProvider(connected.provider, scheduler);
    return new PeerClient(keeping, connected.end, scheduler);
  }

  private Connected connect() throws IOException {
    return Database.of(address).isPresent() ? connectToDatabase() : connectToRedis();
  }

  private Connected connectToRedis() {
    LettuceConnectionFactory connections = SpringRedis.connect(address);
    return new Connected(new RedisLockProvider(connections), connections::destroy);
  }

  private Connected connectToDatabase() throws IOException {
    Database database = Database.require(address);
    SqlQuery.makeTable(database.url(address), "shedlock", table(database));
    HikariDataSource pool = SqlPools.open(address);
    ExtensibleLockProvider provider =
        new JdbcTemplateLockProvider(
            JdbcTemplateLockProvider.Configuration.builder()
                .withJdbcTemplate(new JdbcTemplate(pool))
                .usingDbTime()
                .build());
    return new Connected(provider, pool::close);
  }

  /** As its documentation has it: what is released must not be rounded up into the future. */
  private static String table(Database database) {
    String time = database == Database.MARIADB ? "TIMESTAMP(3)" : "TIMESTAMP";
    return "CREATE TABLE shedlock (name VARCHAR(64) NOT NULL, lock_until "
        + time
        + " NOT NULL, locked_at "
        + time
        + " NOT NULL, locked_by VARCHAR(255) NOT NULL, PRIMARY KEY (name))";
  }

  private static ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(Threads.ofTheSystem());
  }
}
