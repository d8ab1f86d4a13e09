package io.tyer.servers.zookeeper;

/** ZooKeeper alone, which keeps what it acknowledged. */
public final class ZooKeeperKind extends ZooKeepersKind {

  /** For {@link java.util.ServiceLoader}. */
  public ZooKeeperKind() {
    super(1);
  }

  @Override
  public String name() {
    return "zookeeper";
  }
}
