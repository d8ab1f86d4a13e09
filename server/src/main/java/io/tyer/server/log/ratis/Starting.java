package io.tyer.server.log.ratis;

import io.tyer.server.log.MemberConfig;
import io.tyer.server.log.PeerTls;
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
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.apache.ratis.util.ExitUtils;

/** Starts the engine, and says in words of ours why it cannot be started. */
final class Starting {

  private Starting() {}

  static RaftServer server(
      MemberConfig config, RaftGroup group, StateMachine machine, ServerInterceptor promises)
      throws IOException {
    // The engine would end the process where it cannot go on; that is not its decision.
    ExitUtils.disableSystemExit();
    HostPort address = HostPort.parse(config.self().peerAddress());
    canListen(address);
    Parameters parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(
        parameters, (builder, types) -> builder.intercept(promises).intercept(new MembersOnly()));
    config.peerTls().ifPresent(tls -> GrpcConfigKeys.TLS.setConf(parameters, tls(tls)));
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(Peers.id(config.self().id()))
            .setGroup(group)
            .setStateMachine(machine)
            .setProperties(Settings.of(config, address))
            .setParameters(parameters)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .build();
    try {
      server.start();
      isComplete(server.getDivision(group.getGroupId()));
      return server;
    } catch (IOException | RuntimeException | Error e) {
      try {
        server.close();
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw why(config, e);
    }
  }

  private static GrpcTlsConfig tls(PeerTls tls) {
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
