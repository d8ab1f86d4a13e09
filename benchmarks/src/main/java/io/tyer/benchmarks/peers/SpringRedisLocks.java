package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.JavaMutex;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import java.util.Set;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Peer: the locks of Spring Integration, whose waiters are told by messages, or else poll. */
final class SpringRedisLocks implements Subject {

  /** It renews at a third of 60 s. */
  private static final long RENEWAL_MILLIS = 20_000;

  /** It renews only what is in its cache. */
  private static final int CACHE = 20_000;

  private final Address address;
  private final boolean spinning;

  SpringRedisLocks(Address address, boolean spinning) {
    this.address = address;
    this.spinning = spinning;
  }

  private record PeerClient(
      RedisLockRegistry registry,
      LettuceConnectionFactory connections,
      ThreadPoolTaskScheduler scheduler)
      implements Client {

    @Override
    public Mutex mutex(String name) {
      return new JavaMutex(registry.obtain(name));
    }

    @Override
    public long keptEveryMillis() {
      return RENEWAL_MILLIS;
    }

    @Override
    public void close() {
      registry.destroy();
      scheduler.shutdown();
      connections.destroy();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS, Ability.HOLDS_MANY);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() {
    LettuceConnectionFactory connections = SpringRedis.connect(address);
    return new PeerClient(registry(connections), connections, new ThreadPoolTaskScheduler());
  }

  /** Its locks end after a minute unless it is given somebody who renews them. */
  @Override
  public Client openToHold() {
    LettuceConnectionFactory connections = SpringRedis.connect(address);
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setDaemon(true);
    scheduler.initialize();
    RedisLockRegistry registry = registry(connections);
    registry.setRenewalTaskScheduler(scheduler);
    registry.setCacheCapacity(CACHE);
    return new PeerClient(registry, connections, scheduler);
  }

  private RedisLockRegistry registry(LettuceConnectionFactory connections) {
    RedisLockRegistry registry = new RedisLockRegistry(connections, address.scheme());
    registry.setRedisLockType(spinning ? RedisLockType.SPIN_LOCK : RedisLockType.PUB_SUB_LOCK);
    return registry;
  }
}
