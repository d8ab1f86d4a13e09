package io.tyer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.HandTime;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemoryReplica;
import io.tyer.server.tls.LiveTls;
import io.tyer.server.tls.TestAuthority;
import io.tyer.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class HttpTlsTest {

  @TempDir private Path directory;
  private final MemoryReplica replica = new MemoryReplica();
  private TestAuthority authority;
  private TlsFiles serverFiles;
  private LiveTls live;
  private HttpFront front;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(directory, "authority");
    serverFiles = authority.issue("server");
    live = LiveTls.load(serverFiles);
    front =
        HttpFront.open(
            new HttpPlace(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Set.of(),
                Optional.of(new HttpTls(live.keys(), live.trust()))),
            HttpLimits.DEFAULT,
            Guard.none(),
            new HandTime(),
            Optional.empty());
    front.serve(replica);
  }

  @AfterEach
  void stop() {
    front.close();
    replica.close();
  }

  private SSLContext context(Optional<TlsFiles> files) throws Exception {
    LiveTls trusted = LiveTls.load(authority.issue("client"));
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys =
        files.isEmpty() ? new KeyManager[0] : new KeyManager[] {LiveTls.load(files.get()).keys()};
    context.init(keys, new TrustManager[] {trusted.trust().orElseThrow()}, null);
    return context;
  }

  private HttpResponse<String> ask(Optional<TlsFiles> files, String protocol) throws Exception {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context(files))
            .sslParameters(new SSLParameters(null, new String[] {protocol}))
            .build();
    return client.send(
        HttpRequest.newBuilder(URI.create("https://localhost:" + front.port() + "/v1/locks"))
            .timeout(Duration.ofSeconds(20))
            .build(),
        BodyHandlers.ofString());
  }

  private void assertRefused(Optional<TlsFiles> files, String protocol) {
    assertThatThrownBy(() -> ask(files, protocol)).isInstanceOf(IOException.class);
  }

  @Test
  void aClientOfTheAuthorityComesIn() throws Exception {
    assertThat(ask(Optional.of(authority.issue("client")), "TLSv1.3").statusCode()).isEqualTo(200);
  }

  @Test
  void whoHasNoCertificateThatCountsGetsNothing() throws Exception {
    assertRefused(Optional.empty(), "TLSv1.3");
    assertRefused(Optional.of(authority.issueExpired("late")), "TLSv1.3");
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    TlsFiles other = new TestAuthority(elsewhere, "authority").issue("client");
    assertRefused(Optional.of(other), "TLSv1.3");
  }

  @Test
  void olderTlsIsRefused() throws Exception {
    assertRefused(Optional.of(authority.issue("client")), "TLSv1.2");
  }

  @Test
  void itIsCalledByTheNamesOfItsCertificate() throws Exception {
    for (String host : List.of("lock.certified.example:7880", "a.wild.example", "localhost")) {
      assertThat(calledBy(host)).startsWith("HTTP/1.1 200");
    }
    for (String host : List.of("certified.example", "a.b.wild.example", "evil.example")) {
      assertThat(calledBy(host)).startsWith("HTTP/1.1 421");
    }
  }

  private String calledBy(String host) throws Exception {
    TlsFiles client = authority.issue("client");
    try (SSLSocket socket =
        (SSLSocket)
            context(Optional.of(client))
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), front.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET /v1/locks HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aChangedCertificateIsShownToTheNextClient() throws Exception {
    TlsFiles client = authority.issue("client");
    assertThat(shown(client)).isEqualTo("CN=server");
    TlsFiles renewed = authority.issue("renewed");
    Files.move(
        renewed.certificate(), serverFiles.certificate(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(renewed.key(), serverFiles.key(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(live.reload()).isTrue();
    assertThat(shown(client)).isEqualTo("CN=renewed");
  }

  private String shown(TlsFiles client) throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            ask(Optional.of(client), "TLSv1.3").sslSession().orElseThrow().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }
}
