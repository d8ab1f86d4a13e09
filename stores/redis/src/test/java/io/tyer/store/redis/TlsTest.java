package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerException;
import io.tyer.servers.redis.RedisServer;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS at one port, and plainly at another. */
@SuppressWarnings("NonFinalStaticField") // set once, before all
@Timeout(120)
@Requires(Needs.OPENSSL)
class TlsTest {

  private static final String TIMEOUTS = "connect-timeout=60s&operation-timeout=60s";

  @TempDir static Path directory;

  private static Certificates ours;
  private static Certificates others;
  private static RedisServer server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    ours = new Certificates(directory, "ours");
    ours.sign("server", "DNS:localhost");
    ours.sign("client", "DNS:client");
    others = new Certificates(directory, "others");
    others.sign("client", "DNS:client");
    port = freePort();
    server = start("optional", port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static RedisServer start(String clients, int tlsPort) throws IOException {
    try {
      return Started.configured(
          directory.resolve("server-" + clients),
          Map.of(),
          "tls-port " + tlsPort,
          "tls-cert-file " + ours.certificate("server"),
          "tls-key-file " + ours.key("server"),
          "tls-ca-cert-file " + ours.authority(),
          "tls-auth-clients " + clients);
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Bad directive")) {
        return abort("this redis-server was built without TLS");
      }
      throw e;
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static void use(String address) throws Exception {
    String separator = address.indexOf('?') < 0 ? "?" : "&";
    try (Tyer tyer = Tyer.open(address + separator + TIMEOUTS);
        Lease lease = tyer.lock("a").acquire()) {
      assertThat(lease.token()).isPositive();
    }
  }

  private static String at(String host) {
    return "rediss://" + host + ":" + port + "?tls-ca=" + ours.authority();
  }

  private static Throwable refused(String address) {
    Throwable failure = catchThrowable(() -> use(address));
    assertThat(failure).isInstanceOf(StoreRefusedException.class);
    return failure;
  }

  @Test
  void aGoodCertificateIsBelieved() throws Exception {
    use(at("localhost"));
  }

  @Test
  void anUnknownAuthorityIsRefused() {
    assertThat(refused("rediss://localhost:" + port)).hasMessageContaining("tls-ca");
    assertThat(refused("rediss://localhost:" + port + "?tls-ca=" + others.authority()))
        .hasMessageContaining("tls-ca");
    assertThat(
            refused("rediss://localhost:" + port + "?tls-verify=ca&tls-ca=" + others.authority()))
        .hasMessageContaining("tls-ca");
  }

  @Test
  void anotherHostsCertificateIsRefusedUnlessNamesAreNotChecked() throws Exception {
    assertThat(refused(at("127.0.0.1"))).hasMessageContaining("tls-verify=ca");
    use(at("127.0.0.1") + "&tls-verify=ca");
  }

  @Test
  void passwordsGoWithTls() throws Exception {
    Object unused =
        server
            .node()
            .ask("ACL", "SETUSER", "tls", "reset", "on", ">pass", "+@all", "~*", "allchannels");
    use("rediss://tls:pass@localhost:" + port + "?tls-ca=" + ours.authority());
    Throwable failure =
        refused("rediss://tls:wr0ng@localhost:" + port + "?tls-ca=" + ours.authority());
    assertThat(failure).hasMessageContaining("password").hasMessageNotContaining("wr0ng");
  }

  @Test
  void aPortWithoutTlsIsNamed() {
    int plain = server.node().address().getPort();
    String address = "rediss://localhost:" + plain + "?tls-ca=" + ours.authority();
    Throwable failure = catchThrowable(() -> Tyer.open(address + "&connect-timeout=3s").close());
    assertThat(failure)
        .isInstanceOf(StoreUnreachableException.class)
        .hasMessageContaining("does not speak TLS");
  }

  @Test
  void aPlainClientAtAPortWithTlsIsNamed() {
    Throwable failure = catchThrowable(() -> use("redis://localhost:" + port));
    assertThat(failure).isInstanceOf(TyerException.class).hasMessageContaining("rediss");
  }

  @Test
  void aClientsCertificateIsShownWhereItIsDemanded() throws Exception {
    int strict = freePort();
    try (RedisServer demanding = start("yes", strict)) {
      assertThat(demanding.pid()).isPresent();
      String address = "rediss://localhost:" + strict + "?tls-ca=" + ours.authority();
      String own = "&tls-cert=" + ours.certificate("client") + "&tls-key=" + ours.key("client");
      use(address + own);
      assertThat(refused(address)).hasMessageContaining("tls-cert");
      String bad = "&tls-cert=" + others.certificate("client") + "&tls-key=" + others.key("client");
      assertThat(refused(address + bad)).hasMessageContaining("tls-cert");
    }
  }
}
