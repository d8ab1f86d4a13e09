package io.tyer.servers.zookeeper;

/** An ensemble of three members, of which any one may be lost. */
public final class ZooKeeperTrioKind extends ZooKeepersKind {

  /** For {@link java.util.ServiceLoader}. */
  public ZooKeeperTrioKind() {
    super(3);
  }

  @Override
  public String name() {
    return "zookeeper-3";
  }
}
