package io.tyer.servers.etcd;

/** One member, which keeps what it acknowledged, also when it is killed. */
public final class EtcdKind extends EtcdMembersKind {

  /** For {@link java.util.ServiceLoader}. */
  public EtcdKind() {
    super(1);
  }

  @Override
  public String name() {
    return "etcd";
  }
}
