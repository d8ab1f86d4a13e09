package io.tyer.store.zookeeper;

import io.tyer.spi.Surroundings;
import io.tyer.store.network.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.zookeeper.client.HostProvider;

/**
 * Which member is tried next: one after the other, from one that is drawn. ZooKeeper's own pauses
 * for a second after each round.
 */
final class Hosts implements HostProvider {

  private static final long FIRST_PAUSE = Duration.ofMillis(50).toNanos();
  private static final long LAST_PAUSE = Duration.ofSeconds(1).toNanos();

  private final List<HostPort> servers;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private int next;
  private int tried;
  private long pause = FIRST_PAUSE;

  Hosts(List<HostPort> servers, Surroundings surroundings) {
    List<HostPort> shuffled = new ArrayList<>(servers);
    Collections.shuffle(shuffled, new Random(surroundings.nextLong()));
    this.servers = List.copyOf(shuffled);
  }

  @Override
  public int size() {
    return servers.size();
  }

  /** Blocks for a moment when all were tried in vain. */
  @Override
  public InetSocketAddress next(long spinDelay) {
    HostPort server;
    long pauseNow = 0;
    lock.lock();
    try {
      server = servers.get(next);
      next = (next + 1) % servers.size();
      if (spinDelay > 0 && tried++ >= servers.size()) {
        pauseNow = pause;
        pause = Math.min(2 * pause, LAST_PAUSE);
      }
    } finally {
      lock.unlock();
    }
    if (pauseNow > 0) {
      LockSupport.parkNanos(pauseNow);
    }
    // Looked up each time: an address may have moved.
    return new InetSocketAddress(server.host(), server.port());
  }

  @Override
  public void onConnected() {
    lock.lock();
    try {
      tried = 0;
      pause = FIRST_PAUSE;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean updateServerList(
      Collection<InetSocketAddress> serverAddresses, InetSocketAddress currentHost) {
    return false;
  }
}
