package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import io.tyer.benchmarks.server.OwnZooKeeper;
import java.util.Set;

/** What the ZooKeeper store is measured beside. */
public final class ZooKeeperPeers implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public ZooKeeperPeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(OwnZooKeeper.CURATOR);
  }

  @Override
  public Subject subject(Address address) {
    return new CuratorLocks(address);
  }
}
