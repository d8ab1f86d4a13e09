package io.tyer.servers.etcd;

/** Three members on this host, of which any one may be lost. */
public final class EtcdTrioKind extends EtcdMembersKind {

  /** For {@link java.util.ServiceLoader}. */
  public EtcdTrioKind() {
    super(3);
  }

  @Override
  public String name() {
    return "etcd-3";
  }
}
