package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.floors.ZooKeeperNodes;
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
    return Set.of(OwnZooKeeper.CURATOR, OwnZooKeeper.NODES);
  }

  @Override
  public Subject subject(Address address) {
    return address.scheme().equals(OwnZooKeeper.NODES)
        ? new ZooKeeperNodes(address)
        : new CuratorLocks(address);
  }
}
