package io.tyer.server.log.ratis;

import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;

/** Who is in the group, and changes of it: one member at a time. */
final class Membership {

  private static final long TRANSFER_TIMEOUT_MILLIS = 3_000;

  /** What one member may take to catch up and be elected when the lead is handed over. */
  private static final long HAND_OVER_TIMEOUT_MILLIS = 1_000;

  /** Who was heard of within this time is taken to be up. */
  private static final long HEARD_OF_MILLIS = 1_000;

  private final RaftServer server;
  private final RaftServer.Division division;
  private final RaftGroupId group;
  private final ClientId requester;
  private final LongSupplier requests;
  private final MemberInfo self;

  Membership(
      RaftServer server,
      RaftServer.Division division,
      RaftGroupId group,
      ClientId requester,
      LongSupplier requests,
      MemberInfo self) {
    this.server = server;
    this.division = division;
    this.group = group;
    this.requester = requester;
    this.requests = requests;
    this.self = self;
  }

  List<MemberInfo> members() {
    return peers().stream().map(Peers::of).toList();
  }

  private List<RaftPeer> peers() {
    return List.copyOf(division.getRaftConf().getAllPeers());
  }

  CompletableFuture<Void> add(MemberInfo member) {
    List<RaftPeer> now = peers();
    if (now.size() == 1 && !isReached(Peers.of(now.get(0)).peerAddress())) {
      return refused(
          "the group was begun by a member alone, and its log tells others no address of it: begin"
              + " a new group in an empty directory by --peers "
              + self.id()
              + "=HOST:PORT/HOST:PORT with members' certificates, and import the access tokens"
              + " (tyer token export, import)");
    }
    for (MemberInfo known : now.stream().map(Peers::of).toList()) {
      if (known.equals(member)) {
        return CompletableFuture.completedFuture(null);
      }
      if (known.id().equals(member.id()) || known.peerAddress().equals(member.peerAddress())) {
        return refused("there is the member " + known + ": remove it before " + member);
      }
    }
    List<RaftPeer> then = new ArrayList<>(now);
    then.add(Peers.of(member));
    return change(now, then);
  }

  /** The engine tells others the first address in the log, for good. */
  private boolean isReached(String inLog) {
    return !self.peerAddress().isEmpty()
        && !inLog.isEmpty()
        && (inLog.equals(self.peerAddress()) || !HostPort.parse(inLog).isLoopback());
  }

  CompletableFuture<Void> remove(String id) {
    List<RaftPeer> now = peers();
    List<RaftPeer> then = now.stream().filter(peer -> !peer.getId().toString().equals(id)).toList();
    if (then.size() == now.size()) {
      return refused("there is no member '" + id + "' among " + members());
    }
    if (then.isEmpty()) {
      return refused("'" + id + "' is the only member: stop it instead");
    }
    return change(now, then);
  }

  private CompletableFuture<Void> change(List<RaftPeer> now, List<RaftPeer> then) {
    SetConfigurationRequest request =
        new SetConfigurationRequest(
            requester,
            server.getId(),
            group,
            requests.getAsLong(),
            SetConfigurationRequest.Arguments.newBuilder()
                .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                .setServersInCurrentConf(now)
                .setServersInNewConf(then)
                .build());
    try {
      return server.setConfigurationAsync(request).thenAccept(Replies::good);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  CompletableFuture<Void> transfer(String id) {
    if (members().stream().noneMatch(member -> member.id().equals(id))) {
      return refused("there is no member '" + id + "' among " + members());
    }
    if (division.getInfo().isLeader() && division.getId().toString().equals(id)) {
      return CompletableFuture.completedFuture(null);
    }
    return transfer(id, TRANSFER_TIMEOUT_MILLIS);
  }

  /** Tries those that were heard of last, one after the other. */
  CompletableFuture<Void> handOver() {
    RoleInfoProto role = division.getInfo().getRoleInfoProto();
    if (!role.hasLeaderInfo() || !division.getInfo().isLeaderReady()) {
      return CompletableFuture.completedFuture(null);
    }
    List<String> up =
        role.getLeaderInfo().getFollowerInfoList().stream()
            .filter(follower -> follower.getLastRpcElapsedTimeMs() < HEARD_OF_MILLIS)
            .sorted(Comparator.comparingLong(ServerRpcProto::getLastRpcElapsedTimeMs))
            .map(follower -> follower.getId().getId().toStringUtf8())
            .toList();
    return handOver(up, 0);
  }

  private CompletableFuture<Void> handOver(List<String> up, int next) {
    if (next == up.size()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> first = transfer(up.get(next), HAND_OVER_TIMEOUT_MILLIS);
    return next + 1 == up.size()
        ? first
        : first.exceptionallyCompose(failed -> handOver(up, next + 1));
  }

  private CompletableFuture<Void> transfer(String id, long timeoutMillis) {
    TransferLeadershipRequest request =
        new TransferLeadershipRequest(
            requester, server.getId(), group, requests.getAsLong(), Peers.id(id), timeoutMillis);
    try {
      return server.transferLeadershipAsync(request).thenAccept(Replies::good);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<Void> refused(String why) {
    return CompletableFuture.failedFuture(new IllegalArgumentException(why));
  }
}
