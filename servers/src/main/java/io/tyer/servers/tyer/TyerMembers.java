package io.tyer.servers.tyer;

import io.tyer.servers.process.Until;
import io.tyer.testkit.host.ClientHosts;
import io.tyer.testkit.host.Cut;
import io.tyer.testkit.server.MemberHarm;
import io.tyer.testkit.server.ServerGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done to the members of a group. */
final class TyerMembers implements ServerGroup {

  private static final Logger LOG = LoggerFactory.getLogger(TyerMembers.class);
  private static final Duration IS_BACK_WITHIN = Duration.ofSeconds(60);

  private final TyerGroup group;
  private final Optional<MemberHosts> hosts;

  TyerMembers(TyerGroup group, Optional<MemberHosts> hosts) {
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
    TyerNode leader = group.awaitLeader();
    Cut harmed = hosts.orElseThrow().harm(group.nodes().indexOf(leader), harm);
    if (harm == MemberHarm.DISK_FULL) {
      makeItWrite(leader);
    }
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

  /** A log has room in advance; but with another leader it begins another file. */
  private void makeItWrite(TyerNode leader) {
    List<TyerNode> nodes = group.nodes();
    TyerNode next = nodes.get((nodes.indexOf(leader) + 1) % nodes.size());
    try {
      leader.handOverTo(next);
    } catch (IOException e) {
      LOG.debug("The lead was not handed over: perhaps it was lost before", e);
    }
  }

  /** One that is about to stop is started as soon as it has. */
  private static boolean isBack(TyerNode node) throws IOException {
    node.process().start();
    return node.servesClients();
  }

  @Override
  public void killAll() {
    group.nodes().forEach(node -> node.process().kill());
  }

  @Override
  public void restartEach() throws IOException {
    for (TyerNode node : group.nodes()) {
      node.process().terminate();
      node.process().start();
      long applied = group.awaitLeader().status().getApplied();
      Until.holds(
          node + " has caught up with entry " + applied,
          IS_BACK_WITHIN,
          () -> node.status().getApplied() >= applied);
    }
  }
}
