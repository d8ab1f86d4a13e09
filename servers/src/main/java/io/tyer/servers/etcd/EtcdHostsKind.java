package io.tyer.servers.etcd;

import io.tyer.servers.process.Ports;
import io.tyer.servers.tyer.MemberHosts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    MemberHosts hosts;
    try {
      hosts = MemberHosts.create(directory, count(), DISK_MEGABYTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while hosts were made");
    }
    List<EtcdPlan> plans = new ArrayList<>();
    try {
      for (int i = 0; i < count(); i++) {
        String name = "m" + i;
        plans.add(
            new EtcdPlan(
                directory.resolve(name),
                hosts.disk(i).resolve("data"),
                name,
                hosts.addresses().get(i),
                Ports.take(),
                hosts.runOn(i),
                EtcdOptions.none()));
      }
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
    return EtcdCluster.start(plans, Optional.of(hosts));
  }
}
