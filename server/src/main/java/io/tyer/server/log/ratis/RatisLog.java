package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import io.tyer.server.log.LogStatus;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerClock;
import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.log.ratis.Promised.Mark;
import io.tyer.server.replica.MemberInfo;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A log kept by Ratis; requests are made in this process, without a client of the engine. */
final class RatisLog implements ReplicatedLog {

  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);
  private static final long SNAPSHOT_TIMEOUT_MILLIS = 60_000;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final RaftGroupId group;
  private final ClientId requester = ClientId.randomId();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean opened;

  /** What is to be closed. */
  private final Deque<Closeable> open = new ArrayDeque<>();

  private final Ending ending = new Ending(this::closeEngine, CLOSE_LIMIT);
  private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();
  private final String self;
  private final long promised;
  private final Promised marks;
  private final ClockClient clocks;
  private final Home home;
  private final AppliedMachine machine;
  private final RaftServer server;
  private final RaftServer.Division division;
  private final Membership membership;

  /** Opens it; see {@link io.tyer.server.log.LogEngine}. */
  static ReplicatedLog open(MemberConfig config, LogMachine machine) throws IOException {
    return open(config, machine, Promised::new);
  }

  /** Opens how far it has answered. */
  interface Promises {
    Promised open(MemberConfig config) throws IOException;
  }

  static ReplicatedLog open(MemberConfig config, LogMachine machine, Promises promises)
      throws IOException {
    return new RatisLog(config, machine, promises);
  }

  private RatisLog(MemberConfig config, LogMachine machine, Promises promises) throws IOException {
    group = Home.group(config.cluster());
    self = config.self().id();
    List<RaftPeer> peers = config.initialMembers().stream().map(Peers::of).toList();
    try {
      home = new Home(config);
      open.push(home::close);
      MetaCopies copies = new MetaCopies(config);
      marks = promises.open(config);
      open.push(marks::close);
      Mark before = marks.last();
      promised = before == null ? 0 : before.number();
      this.machine =
          new AppliedMachine(machine, config, copies, marks, this::broken, this::announceSnapshot);
      copies.restore();
      Starting.mayAcceptLoss(config, copies);
      server =
          Starting.server(
              config,
              RaftGroup.valueOf(group, peers),
              this.machine,
              machine,
              new KeptPromises(copies, this.machine::unkept),
              before);
      open.push(server);
      clocks = new ClockClient(config);
      open.push(clocks::close);
      division = server.getDivision(group);
      membership =
          new Membership(
              server, division, group, requester, requests::incrementAndGet, config.self());
      marks.begin(config.acceptsLoss());
    } catch (IOException | RuntimeException | Error e) {
      ending.await();
      throw e;
    }
    opened = true;
    if (stopped.isCompletedExceptionally()) {
      ending.await();
    }
  }

  @Override
  public CompletableFuture<Object> append(long term, byte[] entry) {
    Proposal proposal = new Proposal(term, entry);
    long call = requests.incrementAndGet();
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(requester)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(call)
            .setRepliedCallIds(List.of(call - 1))
            .setMessage(proposal)
            .setType(RaftClientRequest.writeRequestType())
            .build();
    try {
      // The division is asked, not the server, whose way is the same but for a change of threads.
      var unused =
          ((RaftClientAsynchronousProtocol) division)
              .submitClientRequestAsync(request)
              .whenComplete((reply, failure) -> answered(proposal, reply, failure));
    } catch (IOException | RuntimeException e) {
      proposal.failed(e);
    }
    return proposal.answer();
  }

  /** A success has been answered before, by whoever applied the entry. */
  private static void answered(
      Proposal proposal, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
    if (failure != null) {
      proposal.failed(failure);
    } else if (reply != null && reply.getException() != null) {
      proposal.failed(reply.getException());
    } else if (!proposal.answer().isDone()) {
      proposal.failed(new IllegalStateException("replicated, but not applied here"));
    }
  }

  @Override
  public LogStatus status() {
    DivisionInfo info = division.getInfo();
    List<MemberInfo> members = membership.members();
    String leader = String.valueOf(info.getLeaderId());
    Optional<MemberInfo> leads =
        members.stream().filter(member -> member.id().equals(leader)).findAny();
    boolean ready = info.isAlive() && info.isLeaderReady();
    return new LogStatus(leads, ready, info.getCurrentTerm(), info.getLastAppliedIndex(), members);
  }

  @Override
  public CompletableFuture<Void> add(MemberInfo member) {
    return membership.add(member);
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return membership.remove(id);
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return membership.transfer(id);
  }

  @Override
  public CompletableFuture<Void> handOver() {
    return closed.get() ? CompletableFuture.completedFuture(null) : membership.handOver();
  }

  @Override
  public CompletableFuture<List<PeerClock>> clocks() {
    return clocks.ask(
        membership.members().stream().filter(member -> !member.id().equals(self)).toList());
  }

  @Override
  public long promised() {
    return promised;
  }

  @Override
  public CompletableFuture<Long> snapshot() {
    machine.writer().want();
    return takeSnapshot()
        .thenCompose(began -> machine.writer().idle())
        .thenCompose(written -> takeSnapshot());
  }

  private void announceSnapshot() {
    takeSnapshot()
        .exceptionally(
            e -> {
              LOG.warn("The log could not be shortened after a snapshot", e);
              return -1L;
            });
  }

  private CompletableFuture<Long> takeSnapshot() {
    SnapshotManagementRequest request =
        SnapshotManagementRequest.newCreate(
            requester,
            server.getId(),
            group,
            requests.incrementAndGet(),
            SNAPSHOT_TIMEOUT_MILLIS,
            1);
    return server.snapshotManagementAsync(request).thenApply(Replies::index);
  }

  @Override
  public CompletableFuture<Void> stopped() {
    return stopped.copy();
  }

  /** Called by the engine's threads, which must not wait for themselves to end. */
  private void broken(Throwable why) {
    if (!closed.get() && stopped.completeExceptionally(why) && opened) {
      ending.begin();
    }
  }

  @Override
  public void close() {
    closed.set(true);
    ending.await();
    stopped.complete(null);
  }

  /** The last one first, whatever becomes of the others. */
  private void closeEngine() throws IOException {
    Closeable last = open.poll();
    if (last != null) {
      try {
        last.close();
      } finally {
        closeEngine();
      }
    }
  }
}
