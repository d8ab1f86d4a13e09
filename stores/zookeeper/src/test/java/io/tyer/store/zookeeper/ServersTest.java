package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.server.tls.TlsFiles;
import io.tyer.servers.process.Ports;
import io.tyer.servers.tls.Authority;
import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperNode;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.host.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are set up otherwise than usual, or are of no use. */
@Timeout(180)
class ServersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @TempDir private Path directory;

  private static StoreException failure(Bare bare) {
    StoreException failure = catchThrowableOfType(StoreException.class, bare::open);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  @Test
  void anOldServerIsRefusedInWords() throws Exception {
    try (OldServer server = new OldServer();
        Bare bare = new Bare("zookeeper://127.0.0.1:" + server.port())) {
      StoreException refused = failure(bare);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContainingAll("too old", "3.5.3");
    }
  }

  @Test
  @Tag("full")
  void aMemberThatIsLeftAloneGrantsNothingAndThatIsSaid() throws Exception {
    Map<String, String> readOnly = Map.of("JAVA_TOOL_OPTIONS", "-Dreadonlymode.enabled=true");
    try (ZooKeeperGroup group =
        ZooKeeperGroup.start(directory, List.of(), Collections.nCopies(3, readOnly))) {
      List<ZooKeeperNode> nodes = group.nodes();
      String address = ZooKeeperGroup.address(List.of(nodes.get(0).toString()), "");
      nodes.get(1).process().kill();
      nodes.get(2).process().kill();
      Await.until("it is read-only", () -> nodes.get(0).status().contains("Mode: read-only"));
      try (Bare bare = new Bare(address, TIMEOUT)) {
        StoreException unreachable = failure(bare);
        assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unreachable).hasMessageContaining("is read-only, since it has lost most");
      }
    }
  }

  private static Path joined(TlsFiles files) throws IOException {
    Path both = files.key().resolveSibling(files.key().getFileName() + "-and-certificate.pem");
    return Files.writeString(
        both, Files.readString(files.certificate()) + Files.readString(files.key()));
  }

  @Test
  void tlsIsSpokenWhereItIsAskedFor() throws Exception {
    long now = new SystemSurroundings(null).wallMillis();
    Authority authority = new Authority(directory.resolve("tls"), "authority", now);
    Authority stranger = new Authority(directory.resolve("strange"), "stranger", now);
    int port = Ports.take();
    List<String> settings =
        List.of(
            "secureClientPort=" + port,
            "serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory",
            "ssl.keyStore.location=" + joined(authority.issue("server")),
            "ssl.keyStore.type=PEM",
            "ssl.trustStore.location=" + authority.certificate(),
            "ssl.trustStore.type=PEM",
            "ssl.clientAuth=need");
    try (ZooKeeperGroup server =
        ZooKeeperGroup.start(directory.resolve("server"), settings, List.of(Map.of()))) {
      String base =
          ZooKeeperGroup.address(List.of("127.0.0.1:" + port), "") + "&ttl=30s&tls=true&tls-cert=";
      String address =
          base + joined(authority.issue("client")) + "&tls-ca=" + authority.certificate();
      try (Tyer tyer = Tyer.open(address + "&connect-timeout=60s&operation-timeout=60s");
          Lease lease = tyer.lock("a").acquire()) {
        lease.checkValid();
        assertThat(server.look().tickets("a")).isEqualTo(1);
      }
      String strange =
          ZooKeeperGroup.address(List.of("127.0.0.1:" + port), "")
              + "&tls=true&tls-cert="
              + joined(stranger.issue("client"))
              + "&tls-ca="
              + stranger.certificate();
      try (Bare bare = new Bare(strange, TIMEOUT)) {
        StoreException unreachable = failure(bare);
        assertThat(unreachable.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(unreachable).hasMessageContainingAll("certification path", "see tls-ca");
      }
    } finally {
      Ports.giveBack(port);
    }
  }
}
