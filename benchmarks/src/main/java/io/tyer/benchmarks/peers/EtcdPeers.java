package io.tyer.benchmarks.peers;

import io.tyer.benchmarks.floors.EtcdPuts;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.SubjectProvider;
import io.tyer.benchmarks.server.Etcd;
import java.util.Set;

/** What the lock server is measured beside: etcd, its bare put and the lock of its Java client. */
public final class EtcdPeers implements SubjectProvider {

  /** For {@link java.util.ServiceLoader}. */
  public EtcdPeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(Etcd.PUT, Etcd.LOCK);
  }

  @Override
  public Subject subject(Address address) {
    return address.scheme().equals(Etcd.PUT) ? new EtcdPuts(address) : new JetcdLocks(address);
  }
}
