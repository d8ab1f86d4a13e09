package io.tyer.servers.group;

import io.tyer.servers.process.Until;
import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What can be done to the members of a group. */
final class Members<N extends Member> implements ServerGroup {

  private static final Duration IS_BACK_WITHIN = Duration.ofSeconds(60);

  private final MemberGroup<N> group;
  private final Optional<MemberHosts> hosts;

  Members(MemberGroup<N> group, Optional<MemberHosts> hosts) {
    this.group = group;
    this.hosts = hosts;
  }

  @Override
  public Optional<String> cannot(MemberHarm harm) {
    if (hosts.isEmpty()) {
      return Optional.of("the members are processes of one host, not hosts of their own");
    }
    return harm == MemberHarm.DISK_READ_ONLY
        ? Optional.of("a member has its log open for writing, so its disk stays writable")
        : Optional.empty();
  }

  @Override
  public Optional<ClientHosts> hostsOfClients(int clients)
      throws IOException, InterruptedException {
    return hosts.isEmpty() ? Optional.empty() : Optional.of(hosts.get().addClients(clients));
  }

  @Override
  public Harmed harmLeader(MemberHarm harm) throws IOException, InterruptedException {
    Optional<String> why = cannot(harm);
    if (why.isPresent()) {
      throw new UnsupportedOperationException(harm.words() + ": " + why.get());
    }
    N leader = group.awaitLeader();
    Cut harmed = hosts.orElseThrow().harm(group.nodes().indexOf(leader), harm);
    group.harmed(leader, harm);
    return new Harmed() {
      @Override
      public String member() {
        return leader.id();
      }

      @Override
      public void undo() throws IOException, InterruptedException {
        harmed.join();
        Until.holds(leader + " is back in its group", IS_BACK_WITHIN, () -> isBack(leader));
      }
    };
  }

  /** One that is about to stop is started as soon as it has. */
  private static boolean isBack(Member node) throws IOException {
    node.process().start();
    return node.serves();
  }

  @Override
  public void killAll() {
    group.nodes().forEach(node -> node.process().kill());
  }

  @Override
  public void restartEach() throws IOException {
    for (N node : group.nodes()) {
      node.process().terminate();
      node.process().start();
      long applied = group.awaitLeader().applied();
      Until.holds(
          node + " has caught up with change " + applied,
          IS_BACK_WITHIN,
          () -> node.applied() >= applied);
    }
  }
}
