package io.tyer.server.log.ratis;

import io.tyer.server.log.LogMachine;
import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerTls;
import io.tyer.server.log.ratis.Promised.Mark;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the engine, and says in words of ours why it cannot be started. */
final class Starting {

  /** For a member alone. */
  static final String HOW_TO_GO_ON =
      "To go on with what is left, see that this machine's clock is right, wait for the longest TTL"
          + " of locks that may be held, and start this member once with --accept-loss";

  /** For a member with an entry that it cannot read. */
  static final String HOW_TO_LEAVE_OUT =
      "Where a newer release has written it, start that release. Else, with two other members"
          + " running: remove this member, empty its directory, start it without initial members and"
          + " add it again. Alone: start it once with --accept-loss, and it leaves such entries out";

  private static final String ONE_OF_SEVERAL =
      "only a member that is alone may accept a loss: the others have what it has lost";

  private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

  private Starting() {}

  /** Refuses a loss that others need not bear, before the engine tells them anything. */
  static void mayAcceptLoss(MemberConfig config, MetaCopies written) throws IOException {
    if (config.acceptsLoss() && !written.isOneMember(config.initialMembers().size() == 1)) {
      throw why(config, new IOException(ONE_OF_SEVERAL));
    }
  }

  static RaftServer server(
      MemberConfig config,
      RaftGroup group,
      AppliedMachine machine,
      LogMachine applied,
      ServerInterceptor promises,
      @Nullable Mark promised)
      throws IOException {
    // The engine would end the process where it cannot go on; that is not its decision.
    ExitUtils.disableSystemExit();
    if (!config.isAlone()) {
      canListen(HostPort.parse(config.self().peerAddress()));
    }
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters,
        (builder, types) ->
            builder
                .addService(ClockService.of(applied::clock))
                .intercept(promises)
                .intercept(new ReadableEntries(applied))
                .intercept(new MembersOnly()));
    config.peerTls().ifPresent(tls -> GrpcConfigKeys.TLS.setConf(parameters, tls(tls)));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(Peers.id(config.self().id()))
            .setGroup(group)
            .setStateMachine(machine)
            .setProperties(Settings.of(config))
            .setParameters(parameters)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    try {
      server.start();
      RaftServer.Division division = server.getDivision(group.getGroupId());
      isComplete(division);
      boolean alone = division.getRaftConf().getAllPeers().size() == 1;
      if (config.acceptsLoss() && !alone) {
        throw new IOException(ONE_OF_SEVERAL);
      }
      machine.decide(config.acceptsLoss());
      if (promised != null && promised.at().getIndex() >= 0) {
        isWhole(config, division, promised, alone);
      }
      return server;
    } catch (IOException | RuntimeException | Error e) {
      machine.decide(false);
      try {
        server.close();
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw why(config, e);
    }
  }

  static GrpcTlsConfig tls(PeerTls tls) {
    return GrpcTlsConfig.newBuilder()
        .setKeyManager(tls.keys())
        .setTrustManager(tls.trust())
        .setMutualTls(true)
        .setSslProvider(SslProvider.JDK)
        .setProtocols("TLSv1.3")
        .build();
  }

  private static void canListen(HostPort address) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (BindException | UnresolvedAddressException e) {
      throw new IOException(
          "this member cannot listen on its peer address "
              + address.host()
              + ":"
              + address.port()
              + ": "
              + e.getMessage()
              + ". Give an address of this machine that is free",
          e);
    }
  }

  /** Without the entries before the log's first, which a snapshot stands for, there is no state. */
  private static void isComplete(RaftServer.Division division) throws IOException {
    SnapshotInfo snapshot = division.getStateMachine().getLatestSnapshot();
    long from = division.getRaftLog().getStartIndex();
    long needed = snapshot == null ? 0 : snapshot.getIndex() + 1;
    if (from > needed) {
      throw new IOException(
          "there is no snapshot of the entries "
              + needed
              + " to "
              + (from - 1)
              + ", which are not in the log any more");
    }
  }

  /**
   * What was answered is still there: the entry that was answered last, or a snapshot behind it. An
   * entry of a later lead in its place does not count, so that a member that is started again and
   * again does not fill up what it has lost.
   */
  private static void isWhole(
      MemberConfig config, RaftServer.Division division, Mark promised, boolean alone)
      throws IOException {
    TermIndex last = promised.at();
    SnapshotInfo snapshot = division.getStateMachine().getLatestSnapshot();
    if ((snapshot != null && snapshot.getIndex() >= last.getIndex())
        || last.equals(division.getRaftLog().getTermIndex(last.getIndex()))) {
      return;
    }
    long first = last.getIndex();
    while (first > 0 && isAfterACut(division, first - 1, last.getTerm())) {
      first--;
    }
    String lost =
        "the log has lost its end: this member has answered for entries up to "
            + last.getIndex()
            + ", and "
            + first
            + " and later ones are not there. Locks, releases and access tokens of these are lost";
    if (!config.acceptsLoss()) {
      throw new IOException(alone ? lost + ". " + HOW_TO_GO_ON : lost);
    }
    LOG.warn("{}: it goes on without them, as it was told to", lost);
  }

  /** Whether an entry is missing, or was made by a lead after the one that was answered in. */
  private static boolean isAfterACut(RaftServer.Division division, long index, long term) {
    TermIndex there = division.getRaftLog().getTermIndex(index);
    return index >= division.getRaftLog().getStartIndex()
        && (there == null || there.getTerm() > term);
  }

  private static IOException why(MemberConfig config, Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause instanceof IllegalStateException)) {
      cause = cause.getCause();
    }
    return new IOException(
        "the log in "
            + config.directory()
            + " cannot be used: "
            + cause.getMessage()
            + ". "
            + Home.HOW_TO_START_OVER,
        thrown);
  }
}
