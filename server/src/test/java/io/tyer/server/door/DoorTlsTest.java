package io.tyer.server.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemoryReplica;
import io.tyer.server.tls.DoorTls;
import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TestAuthority;
import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTlsTest {
  @TempDir Path directory;

  private final MemoryReplica replica = new MemoryReplica();
  private TestAuthority authority;
  private TlsFiles serverFiles;
  private LiveTls live;
  private Door door;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(directory, "authority");
    serverFiles = authority.issue("server");
    live = LiveTls.load(serverFiles);
    door =
        Door.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(DoorTls.of(live)),
            DoorLimits.DEFAULT,
            Guard.none());
    door.serve(replica);
  }

  @AfterEach
  void stop() {
    door.close();
    replica.close();
  }

  @Test
  void aClientOfTheAuthorityComesIn() throws Exception {
    assertThat(ask(authority.issue("client"), "TLSv1.3").getCluster()).isEqualTo("test");
  }

  @Test
  void aClientWithoutACertificateGetsNothing() {
    assertRefused(null, "TLSv1.3");
  }

  @Test
  void aClientOfAnotherAuthorityGetsNothing() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    TlsFiles client = new TestAuthority(elsewhere, "authority").issue("client");
    assertRefused(client, "TLSv1.3");
  }

  @Test
  void aClientWhoseCertificateHasExpiredGetsNothing() throws Exception {
    assertRefused(authority.issueExpired("client"), "TLSv1.3");
  }

  @Test
  void olderTlsIsRefused() throws Exception {
    assertRefused(authority.issue("client"), "TLSv1.2");
  }

  @Test
  void plainTextIsRefused() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", door.port()).usePlaintext().build();
    try {
      assertThatThrownBy(
              () -> LocksGrpc.newBlockingStub(channel).status(StatusRequest.getDefaultInstance()))
          .isInstanceOf(StatusRuntimeException.class);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aChangedCertificateIsShownToTheNextClient() throws Exception {
    TlsFiles client = authority.issue("client");
    assertThat(shown(client)).isEqualTo("CN=server");

    move(authority.issue("renewed"));
    assertThat(live.reload()).isTrue();

    assertThat(shown(client)).isEqualTo("CN=renewed");
    assertThat(live.reload()).as("nothing has changed since").isFalse();
  }

  @Test
  void aCertificateThatIsHalfWrittenLeavesTheOneBefore() throws Exception {
    TlsFiles client = authority.issue("client");
    TlsFiles renewed = authority.issue("renewed");
    Files.copy(
        renewed.certificate(), serverFiles.certificate(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(live.reload()).as("the key is still the old one").isFalse();
    assertThat(shown(client)).isEqualTo("CN=server");

    Files.copy(renewed.key(), serverFiles.key(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(live.reload()).isTrue();
    assertThat(shown(client)).isEqualTo("CN=renewed");
  }

  @Test
  void anAuthorityThatIsTakenAwayIsTrustedNoMore() throws Exception {
    TlsFiles client = authority.issue("client");
    assertThat(ask(client, "TLSv1.3").getMember()).isEqualTo("1");
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    TestAuthority next = new TestAuthority(elsewhere, "next");
    Files.copy(
        next.certificate(),
        serverFiles.trusted().orElseThrow(),
        StandardCopyOption.REPLACE_EXISTING);
    Path before = directory.resolve("before.pem");
    Files.copy(client.trusted().orElseThrow(), before);
    assertThat(live.reload()).isTrue();

    assertRefused(client, "TLSv1.3");
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws Exception {
    TlsFiles other = authority.issue("other");
    TlsFiles mixed = new TlsFiles(serverFiles.certificate(), other.key(), Optional.empty());
    assertThatThrownBy(() -> LiveTls.load(mixed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(other.key().toString())
        .hasMessageContaining("not that of the first certificate");
    TlsFiles swapped = new TlsFiles(other.key(), other.certificate(), Optional.empty());
    assertThatThrownBy(() -> LiveTls.load(swapped)).isInstanceOf(IOException.class);
    TlsFiles missing = new TlsFiles(directory.resolve("none.pem"), other.key(), Optional.empty());
    assertThatThrownBy(() -> LiveTls.load(missing)).hasMessageContaining("none.pem is not there");
    Path garbage = directory.resolve("garbage.pem");
    Files.write(
        garbage,
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IGtleQ==\n-----END PRIVATE KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII));
    TlsFiles broken = new TlsFiles(other.certificate(), garbage, Optional.empty());
    assertThatThrownBy(() -> LiveTls.load(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("garbage.pem")
        .hasMessageNotContaining("c2VjcmV0");
  }

  private void move(TlsFiles from) throws IOException {
    Files.move(from.certificate(), serverFiles.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(from.key(), serverFiles.key(), StandardCopyOption.REPLACE_EXISTING);
  }

  private void assertRefused(@Nullable TlsFiles client, String protocol) {
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> ask(client, protocol));
    assertThat(refused).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private StatusReply ask(@Nullable TlsFiles client, String protocol) throws IOException {
    ManagedChannel channel = channel(client, protocol);
    try {
      return LocksGrpc.newBlockingStub(channel).status(StatusRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel channel(@Nullable TlsFiles client, String protocol) throws IOException {
    SslContextBuilder context =
        GrpcSslContexts.forClient()
            .protocols(protocol)
            .trustManager(directory.resolve("authority.pem").toFile());
    if (client != null) {
      context.keyManager(client.certificate().toFile(), client.key().toFile());
    }
    return NettyChannelBuilder.forAddress("127.0.0.1", door.port())
        .sslContext(context.build())
        .build();
  }

  /** The subject of the certificate that the server shows. */
  private String shown(TlsFiles client) throws Exception {
    return TlsPeek.subject(door.port(), client, directory.resolve("authority.pem"));
  }
}
