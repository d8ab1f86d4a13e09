package io.tyer.servers.tyer;

import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.servers.process.Ports;
import io.tyer.surroundings.SystemSurroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lock server of three members, each on a host of its own with a disk of its own, who prove to
 * each other and to clients who they are, and demand that of clients, and access tokens.
 */
public final class TyerHostsKind extends MembersKind {

  private static final int MEMBERS = 3;
  private static final int DISK_MEGABYTES = 64;

  /** For {@link java.util.ServiceLoader}. */
  public TyerHostsKind() {
    super(MEMBERS);
  }

  @Override
  public String name() {
    return "tyer-hosts";
  }

  @Override
  public Optional<String> unavailable() {
    return MemberHosts.missing();
  }

  @Override
  public TyerGroup start(Path directory, List<Map<String, String>> environments)
      throws IOException {
    return MemberHosts.with(
        directory, MEMBERS, DISK_MEGABYTES, hosts -> start(directory, environments, hosts));
  }

  private static TyerGroup start(
      Path directory, List<Map<String, String>> environments, MemberHosts hosts)
      throws IOException {
    long now = new SystemSurroundings(null).wallMillis();
    List<MemberPlan> plans =
        Planning.all(
            MEMBERS,
            i ->
                new MemberPlan(
                    directory.resolve("m" + i),
                    hosts.disk(i).resolve("data"),
                    "m" + i,
                    hosts.addresses().get(i),
                    Ports.take(),
                    0,
                    hosts.runOn(i),
                    MemberPlan.LIGHT,
                    environments.get(i)));
    return TyerGroup.start(
        plans,
        Access.tls(Certificates.make(directory.resolve("tls"), hosts.addresses(), now)),
        Optional.of(hosts));
  }
}
