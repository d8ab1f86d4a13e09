package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.GroupLocation;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.ExponentialBackoffRetry;

/** Peer: Curator's mutex, with the settings of its own examples. */
final class CuratorLocks implements Subject {

  private static final int RETRY_MILLIS = 1_000;
  private static final int RETRIES = 3;
  private static final int CONNECTS_WITHIN_SECONDS = 20;

  private final Address address;

  CuratorLocks(Address address) {
    this.address = address;
  }

  private record CuratorMutex(InterProcessMutex lock) implements Mutex, Mutex.Held {

    @Override
    public Held acquire() throws Exception {
      lock.acquire();
      return this;
    }

    @Override
    public void release() throws Exception {
      lock.release();
    }
  }

  private record CuratorClient(CuratorFramework curator) implements Client {

    @Override
    public Mutex mutex(String name) {
      return new CuratorMutex(new InterProcessMutex(curator, "/curator/" + name));
    }

    @Override
    public void close() {
      curator.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.PAIRS, Ability.WAITS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    CuratorFramework curator =
        CuratorFrameworkFactory.newClient(
            String.join(",", GroupLocation.of(address).members()),
            new ExponentialBackoffRetry(RETRY_MILLIS, RETRIES));
    curator.start();
    try {
      if (curator.blockUntilConnected(CONNECTS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        return new CuratorClient(curator);
      }
      curator.close();
      throw new IOException("Curator has not connected to " + address);
    } catch (InterruptedException e) {
      curator.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
