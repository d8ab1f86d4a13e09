package io.tyer.benchmarks.figures;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import net.javacrumbs.shedlock.core.ClockProvider;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.redis.spring.RedisLockProvider;
import net.javacrumbs.shedlock.support.KeepAliveLockProvider;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

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

  private record PeerClient(
      LockProvider provider, LettuceConnectionFactory connections, ScheduledExecutorService renewal)
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
      connections.destroy();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.HOLDS_MANY);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() {
    LettuceConnectionFactory connections = SpringRedis.connect(address);
    return new PeerClient(new RedisLockProvider(connections), connections, scheduler());
  }

  /** Its locks end unless somebody extends them; holders of many need that. */
  @Override
  public Client openToHold() {
    LettuceConnectionFactory connections = SpringRedis.connect(address);
    ScheduledExecutorService scheduler = scheduler();
    LockProvider keeping = new KeepAliveLockProvider(new RedisLockProvider(connections), scheduler);
    return new PeerClient(keeping, connections, scheduler);
  }

  private static ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(Threads.ofTheSystem());
  }
}
