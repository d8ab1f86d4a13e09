package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.JavaMutex;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.RedisLocation;
import java.util.Set;
import org.redisson.Redisson;
import org.redisson.api.RFencedLock;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Peer: Redisson's locks, with its default settings. */
final class RedissonLocks implements Subject {

  /** Which of its locks. */
  enum Kind {
    PLAIN,
    FAIR,
    FENCED
  }

  /** The watchdog renews at a third of 30 s. */
  private static final long RENEWAL_MILLIS = 10_000;

  private final Address address;
  private final Kind kind;

  RedissonLocks(Address address, Kind kind) {
    this.address = address;
    this.kind = kind;
  }

  private record FencedMutex(RFencedLock lock) implements Mutex {

    @Override
    public Held acquire() {
      return new FencedHeld(lock, lock.lockAndGetToken());
    }
  }

  private record FencedHeld(RFencedLock lock, long token) implements Mutex.Held {

    @Override
    public void release() {
      lock.unlock();
    }
  }

  private record PeerClient(RedissonClient redisson, Kind kind) implements Client {

    @Override
    public Mutex mutex(String name) {
      return switch (kind) {
        case PLAIN -> new JavaMutex(redisson.getLock("redisson:" + name));
        case FAIR -> new JavaMutex(redisson.getFairLock("redisson-fair:" + name));
        case FENCED -> new FencedMutex(redisson.getFencedLock("redisson-fenced:" + name));
      };
    }

    @Override
    public long keptEveryMillis() {
      return RENEWAL_MILLIS;
    }

    @Override
    public void close() {
      redisson.shutdown();
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
    Config config = new Config();
    config.useSingleServer().setAddress(RedisLocation.of(address).uri());
    return new PeerClient(Redisson.create(config), kind);
  }
}
