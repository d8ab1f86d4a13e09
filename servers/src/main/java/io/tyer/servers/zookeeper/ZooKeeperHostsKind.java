package io.tyer.servers.zookeeper;

import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.servers.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
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
    return MemberHosts.with(
        directory,
        MEMBERS,
        DISK_MEGABYTES,
        hosts -> ZooKeeperGroup.start(plans(directory, hosts, environments), Optional.of(hosts)));
  }

  private static List<ZooKeeperPlan> plans(
      Path directory, MemberHosts hosts, List<Map<String, String>> environments)
      throws IOException {
    return Planning.all(
        MEMBERS,
        i ->
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
}
