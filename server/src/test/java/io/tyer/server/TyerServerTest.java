package io.tyer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.server.door.RawClient;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class TyerServerTest {
  @TempDir Path directory;

  @Test
  void whatWasGrantedIsThereAfterARestart() throws Exception {
    var secret = RawClient.random(16);
    var request = RawClient.random(16);
    long number;
    ServerConfig config = ServerConfig.local(directory, 0);
    try (TyerServer server = TyerServer.start(config);
        Connection connection = new Connection(server)) {
      RawClient client = connection.leader(server);
      assertThat(client.ask(RawClient.open(1, secret, 300_000)).hasAlive()).isTrue();
      number =
          client
              .ask(RawClient.enter(2, RawClient.exclusive("lock", request)))
              .getTicket()
              .getGranted()
              .getNumber();
      assertThat(number).isPositive();
    }
    try (TyerServer server = TyerServer.start(config);
        Connection connection = new Connection(server)) {
      RawClient client = connection.leader(server);
      var held = client.ask(RawClient.attach(3, secret)).getAlive().getTicketsList();
      assertThat(held).hasSize(1);
      assertThat(held.get(0).getNumber()).isEqualTo(number);
      assertThat(held.get(0).getGranted()).isTrue();
      assertThat(client.ask(RawClient.leave(4, "lock", request, number)).getFound()).isTrue();
    }
  }

  @Test
  void aMemberThatOthersKnowSaysWhereItIsToListen() throws Exception {
    MemberInfo self;
    try (LocalTrio trio = LocalTrio.start(directory)) {
      TyerServer member = trio.leader();
      self = member.status().self();
      trio.stop(member);
    }
    ServerConfig elsewhere =
        ServerConfig.local(directory.resolve(self.id()), 0)
            .withSecurity(new ClientSecurity.Plaintext());
    assertThatThrownBy(() -> TyerServer.start(named(elsewhere, self.id(), "127.0.0.1:0")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("others look for it at " + self.peerAddress())
        .hasMessageContaining("--peer " + self.peerAddress());
    TyerServer.start(named(elsewhere, self.id(), self.peerAddress())).close();
  }

  private static ServerConfig named(ServerConfig config, String member, String peerAddress) {
    return new ServerConfig(
        config.directory(),
        config.cluster(),
        member,
        config.listen(),
        config.clientAddress(),
        peerAddress,
        List.of(),
        false,
        config.security(),
        peerAddress.endsWith(":0") ? new PeerSecurity.Alone() : new PeerSecurity.Insecure(),
        Optional.empty(),
        config.limits(),
        Optional.empty(),
        Set.of(),
        false);
  }

  @Test
  void closingTakesNoLongerThanAFewSeconds() throws Exception {
    TyerServer server = TyerServer.start(ServerConfig.local(directory, 0));
    try (Connection connection = new Connection(server)) {
      RawClient client = connection.leader(server);
      client.ask(RawClient.open(1, RawClient.random(16)));
      long began = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
      assertThat(client.end().isOk()).isFalse();
      server.stopped().join();
    }
  }

  @Test
  void theDevelopmentKeyIsForItsOwnerOnly() throws Exception {
    try (TyerServer server = TyerServer.start(ServerConfig.local(directory, 0))) {
      Path certificate = server.developmentCertificate().orElseThrow();
      Path key = certificate.resolveSibling("dev-key.pem");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
          .isEqualTo("rw-------");
      assertThat(server.address()).isEqualTo("localhost:" + server.port());
    }
  }

  /** Names, owners and labels of tokens are nobody else's business, by whatever umask. */
  @Test
  void theDataIsForItsOwnerOnly() throws Exception {
    Path data = directory.resolve("data");
    Path log = data.resolve("log");
    TyerServer.start(ServerConfig.local(data, 0)).close();
    for (Path one : List.of(data, log, data.resolve("tls"))) {
      assertThat(permissions(one)).as(one.toString()).isEqualTo("rwx------");
    }
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
    TyerServer.start(ServerConfig.local(data, 0)).close();
    assertThat(permissions(log)).as("of an earlier release").isEqualTo("rwx------");
    assertThat(permissions(data)).as("as its user wants it").isEqualTo("rwxr-x---");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (TyerServer server = TyerServer.start(ServerConfig.local(directory.resolve("a"), 0))) {
      ServerConfig second = ServerConfig.local(directory.resolve("b"), server.port());
      assertThatThrownBy(() -> TyerServer.start(second))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(String.valueOf(server.port()));
    }
  }

  @Test
  void filesThatAreMissingAreSaid() throws Exception {
    Path missing = directory.resolve("a.pem");
    TlsFiles none = new TlsFiles(missing, missing, Optional.empty());
    ServerConfig config =
        ServerConfig.local(directory, 0).withSecurity(new ClientSecurity.Tls(none));
    assertThatThrownBy(() -> TyerServer.start(config))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.pem is not there");
  }

  /** A client's connection that trusts the development certificate. */
  private static final class Connection implements AutoCloseable {
    private final ManagedChannel channel;

    Connection(TyerServer server) throws IOException {
      channel =
          NettyChannelBuilder.forAddress("localhost", server.port())
              .sslContext(
                  GrpcSslContexts.forClient()
                      .trustManager(server.developmentCertificate().orElseThrow().toFile())
                      .build())
              .build();
    }

    /** A stream, as soon as the server leads. */
    RawClient leader(TyerServer server) {
      while (!server.status().leading()) {
        Thread.onSpinWait();
      }
      LocksGrpc.LocksBlockingStub locks = LocksGrpc.newBlockingStub(channel);
      while (true) {
        try {
          locks.list(ListRequest.getDefaultInstance());
          return RawClient.on(channel);
        } catch (io.grpc.StatusRuntimeException notYet) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}
