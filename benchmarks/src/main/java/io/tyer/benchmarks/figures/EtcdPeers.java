package io.tyer.benchmarks.figures;

import java.util.Set;

/** What the lock server is measured beside: etcd, its bare put and the lock of its Java client. */
public final class EtcdPeers implements SubjectProvider {

  static final String PUT = "etcd-put";
  static final String LOCK = "jetcd";

  /** For {@link java.util.ServiceLoader}. */
  public EtcdPeers() {}

  @Override
  public Set<String> schemes() {
    return Set.of(PUT, LOCK);
  }

  @Override
  public Subject subject(Address address) {
    return address.scheme().equals(PUT) ? new EtcdPuts(address) : new JetcdLocks(address);
  }
}
