package io.tyer.servers.tyer;

import com.google.protobuf.ByteString;
import io.tyer.protocol.v1.LineView;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.servers.group.MemberGroup;
import io.tyer.servers.group.MemberHosts;
import io.tyer.servers.group.Planning;
import io.tyer.servers.process.Ports;
import io.tyer.testkit.server.Contents;
import io.tyer.testkit.server.MemberHarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group of members of the lock server. */
public final class TyerGroup extends MemberGroup<TyerNode> {

  private static final Logger LOG = LoggerFactory.getLogger(TyerGroup.class);

  private final Access access;

  private TyerGroup(List<TyerNode> nodes, Access access, Optional<MemberHosts> hosts) {
    super(nodes, hosts);
    this.access = access;
  }

  /** On this host, as many as there are environments. */
  static TyerGroup start(Path directory, List<Map<String, String>> environments, Access access)
      throws IOException {
    return start(
        Planning.all(environments.size(), i -> here(directory, i, 0, environments.get(i))),
        access,
        Optional.empty());
  }

  /** On this host, in plain text, so many that speak plain HTTP, too. */
  static TyerGroup startWithHttp(Path directory, int members) throws IOException {
    return start(
        Planning.all(members, i -> here(directory, i, Ports.take(), Map.of())),
        Access.plain(),
        Optional.empty());
  }

  /**
   * On this host, so many that are measured: JVMs that compile all they can.
   *
   * @param secured whether all prove who they are and clients show tokens, or it is in plain text
   * @param java more options of the members' JVMs
   */
  public static TyerGroup startToMeasure(
      Path directory, int members, boolean secured, List<String> java) throws IOException {
    return start(
        Planning.all(members, i -> here(directory, i, 0, Map.of()).in(java)),
        secured ? Access.tlsOnThisHost(directory) : Access.plain(),
        Optional.empty());
  }

  private static MemberPlan here(
      Path directory, int place, int http, Map<String, String> environment) throws IOException {
    String id = "m" + place;
    return MemberPlan.here(directory.resolve(id), id, Ports.take(), http, environment);
  }

  /** On hosts of their own. */
  static TyerGroup start(List<MemberPlan> plans, Access access, Optional<MemberHosts> hosts)
      throws IOException {
    List<String> members = plans.stream().map(MemberPlan::asMember).toList();
    List<TyerNode> nodes =
        Planning.all(plans.size(), i -> new TyerNode(plans.get(i), access, members));
    return started(new TyerGroup(nodes, access, hosts));
  }

  @Override
  protected void prepare() throws IOException {
    if (access.tokens().isPresent()) {
      access.tokens().get().makeOfClients(awaitLeader());
    }
  }

  @Override
  protected String addressAt(List<String> places) {
    return "tyer://" + String.join(",", places) + "?" + access.options();
  }

  /** A log has room in advance; but with another leader it begins another file. */
  @Override
  protected void harmed(TyerNode leader, MemberHarm harm) {
    if (harm != MemberHarm.DISK_FULL) {
      return;
    }
    TyerNode next = nodes().get((nodes().indexOf(leader) + 1) % nodes().size());
    try {
      leader.handOverTo(next);
    } catch (IOException e) {
      LOG.debug("The lead was not handed over: perhaps it was lost before", e);
    }
  }

  /** What the leader lists, by the protocol and not by the store's client. */
  @Override
  protected Contents look(TyerNode leader) throws IOException {
    SortedMap<String, Integer> tickets = new TreeMap<>();
    ByteString after = ByteString.EMPTY;
    ListReply page;
    do {
      ListRequest request = ListRequest.newBuilder().setAfter(after).build();
      page = leader.ask(stub -> stub.list(request));
      for (LineView line : page.getLinesList()) {
        tickets.put(line.getName().toStringUtf8(), line.getTicketsCount());
        after = line.getName();
      }
    } while (page.getMore());
    return new Contents(tickets, Math.toIntExact(leader.status().getSessions()));
  }
}
