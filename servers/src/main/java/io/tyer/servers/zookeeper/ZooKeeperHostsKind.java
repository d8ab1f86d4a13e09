package io.tyer.servers.zookeeper;

import io.tyer.servers.process.Ports;
import io.tyer.servers.tyer.MemberHosts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ensemble of three members, each on a host of its own with a disk of its own. */
public final class ZooKeeperHostsKind extends ZooKeepersKind {

  private static final int MEMBERS = 3;
  private static final int DISK_MEGABYTES = 64;

  /** For {@link java.util.ServiceLoader}. */
  public ZooKeeperHostsKind() {
    super(MEMBERS);
  }

  @Override
  public String name() {
    return "zookeeper-hosts";
  }

  @Override
  public Optional<String> unavailable() {
    return MemberHosts.missing();
  }

  @Override
  public ZooKeeperGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    MemberHosts hosts;
    try {
      hosts = MemberHosts.create(directory, MEMBERS, DISK_MEGABYTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while hosts were made");
    }
    List<ZooKeeperPlan> plans = new ArrayList<>();
    try {
      for (int i = 0; i < MEMBERS; i++) {
        plans.add(
            new ZooKeeperPlan(
                directory.resolve("m" + (i + 1)),
                hosts.disk(i).resolve("data"),
                i + 1,
                hosts.addresses().get(i),
                Ports.take(),
                Ports.take(),
                hosts.runOn(i),
                List.of(),
                ZooKeeperPlan.LIGHT,
                environments.get(i)));
      }
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
    return ZooKeeperGroup.start(plans, Optional.of(hosts));
  }
}
