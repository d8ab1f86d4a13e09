package io.tyer.servers.etcd;

import io.tyer.servers.group.MemberGroup;
import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.servers.process.Ports;
import io.tyer.testkit.server.Contents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cluster of one or more members. */
public final class EtcdCluster extends MemberGroup<EtcdNode> {

  private final boolean tls;

  private EtcdCluster(List<EtcdNode> nodes, boolean tls, Optional<MemberHosts> hosts) {
    super(nodes, hosts);
    this.tls = tls;
  }

  /** Starts that many on this host. */
  public static EtcdCluster start(Path directory, int members, EtcdOptions options)
      throws IOException {
    return start(
        Planning.all(
            members,
            i -> EtcdPlan.here(directory.resolve("m" + i), "m" + i, Ports.take(), options)),
        Optional.empty());
  }

  /** On hosts of their own. */
  static EtcdCluster start(List<EtcdPlan> plans, Optional<MemberHosts> hosts) throws IOException {
    Path program = EtcdProgram.find();
    List<EtcdNode> nodes =
        Planning.all(plans.size(), i -> new EtcdNode(plans.get(i), program, plans));
    boolean tls = plans.stream().anyMatch(plan -> plan.options().tls().isPresent());
    return started(new EtcdCluster(nodes, tls, hosts));
  }

  @Override
  protected String addressAt(List<String> places) {
    return (tls ? "etcds://" : "etcd://") + String.join(",", places);
  }

  @Override
  protected Contents look(EtcdNode leader) throws IOException {
    return EtcdContents.of(leader);
  }
}
