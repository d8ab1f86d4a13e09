package io.tyer.servers.etcd;

import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.servers.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Three members, each on a host of its own with a disk of its own. */
public final class EtcdHostsKind extends EtcdMembersKind {

  private static final int MEMBERS = 3;

  /** What is written ahead takes two files of 64 MiB from the start. */
  private static final int DISK_MEGABYTES = 176;

  /** For {@link java.util.ServiceLoader}. */
  public EtcdHostsKind() {
    super(MEMBERS);
  }

  @Override
  public String name() {
    return "etcd-hosts";
  }

  @Override
  public Optional<String> unavailable() {
    return super.unavailable().or(MemberHosts::missing);
  }

  @Override
  public EtcdCluster start(Path directory) throws IOException {
    return MemberHosts.with(
        directory,
        count(),
        DISK_MEGABYTES,
        hosts -> EtcdCluster.start(plans(directory, hosts), Optional.of(hosts)));
  }

  private List<EtcdPlan> plans(Path directory, MemberHosts hosts) throws IOException {
    return Planning.all(
        count(),
        i ->
            new EtcdPlan(
                directory.resolve("m" + i),
                hosts.disk(i).resolve("data"),
                "m" + i,
                hosts.addresses().get(i),
                Ports.take(),
                hosts.runOn(i),
                EtcdOptions.none()));
  }
}
