package io.tyer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.door.DoorLimits;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.tls.TlsFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
  private static final Path DIRECTORY = Path.of("nowhere");
  private static final TlsFiles OPEN =
      new TlsFiles(Path.of("cert.pem"), Path.of("key.pem"), Optional.empty());
  private static final TlsFiles MUTUAL =
      new TlsFiles(Path.of("cert.pem"), Path.of("key.pem"), Optional.of(Path.of("ca.pem")));

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void beyondLoopbackClientsShowCertificates(String host) {
    assertRefused(host, new ClientSecurity.Plaintext(), "Plain text is for loopback only");
    assertRefused(host, new ClientSecurity.Dev(), "asks clients for access tokens or certificates");
    assertRefused(host, new ClientSecurity.Tls(OPEN), "the authorities that sign clients'");
    assertThat(config(host, new ClientSecurity.Tls(MUTUAL), "127.0.0.1:7879").listen().getPort())
        .isEqualTo(7878);
  }

  @Test
  void beyondLoopbackAccessTokensAreEnoughButOnlyOverTls() {
    InetSocketAddress beyond = new InetSocketAddress("192.0.2.1", 7878);
    ClientSecurity.check(new ClientSecurity.Tls(OPEN), beyond, true);
    for (ClientSecurity weak : List.of(new ClientSecurity.Plaintext(), new ClientSecurity.Dev())) {
      assertThatThrownBy(() -> ClientSecurity.check(weak, beyond, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("192.0.2.1:7878 is beyond loopback");
    }
    assertThatThrownBy(() -> ClientSecurity.check(new ClientSecurity.Tls(OPEN), beyond, false))
        .hasMessageContaining("the operator's token, or the authorities");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void onLoopbackEverythingGoes(String host) {
    for (ClientSecurity security :
        List.of(
            new ClientSecurity.Plaintext(),
            new ClientSecurity.Dev(),
            new ClientSecurity.Tls(OPEN))) {
      assertThat(config(host, security, "localhost:7879").security()).isEqualTo(security);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    assertRefused("no.such.host.invalid", new ClientSecurity.Dev(), "no address here");
  }

  @Test
  void membersBeyondLoopbackProveWhoTheyAre() {
    ClientSecurity dev = new ClientSecurity.Dev();
    assertThatThrownBy(() -> config("localhost", dev, "192.0.2.1:7879"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("where anybody could write the log");
    assertThatThrownBy(() -> config("localhost", dev, "localhost"))
        .hasMessageContaining("host:port is one");
    List<MemberInfo> beyond = List.of(new MemberInfo("1", "192.0.2.1:7879", "localhost:7878"));
    ServerConfig insecure =
        ServerConfig.local(DIRECTORY, 7878).withPeers(new PeerSecurity.Insecure());
    assertThatThrownBy(() -> insecure.withMembers("1", beyond))
        .hasMessageContaining("where anybody could write the log");
    assertThatThrownBy(() -> insecure.withMembers("2", beyond))
        .hasMessageContaining("2, is not among the members");
  }

  @Test
  void onLoopbackTheyDoSoToo() {
    ServerConfig local = ServerConfig.local(DIRECTORY, 7878);
    List<MemberInfo> here = List.of(new MemberInfo("1", "127.0.0.1:7879", "localhost:7878"));
    assertThatThrownBy(() -> local.withMembers("1", here))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("anybody could write the log")
        .hasMessageContaining("--peer-tls-cert")
        .hasMessageContaining("--insecure-peers");
    assertThatThrownBy(() -> local.withPeers(new PeerSecurity.Tls(OPEN)).withMembers("1", here))
        .hasMessageContaining("the authorities that sign members'");
    assertThat(local.withPeers(new PeerSecurity.Tls(MUTUAL)).withMembers("1", here).members())
        .isEqualTo(here);
    assertThat(local.withPeers(new PeerSecurity.Insecure()).withMembers("1", here).members())
        .isEqualTo(here);
  }

  @Test
  void clientsAreToldAnAddressThatTheyReach() {
    ServerConfig local = ServerConfig.local(DIRECTORY, 0);
    assertThat(local.self(4711, OptionalInt.empty()))
        .as("alone, where no other member finds it")
        .isEqualTo(new MemberInfo("1", "", "localhost:4711"));
    assertThat(
            config("::1", new ClientSecurity.Dev(), "[::1]:2")
                .self(1, OptionalInt.empty())
                .peerAddress())
        .isEqualTo("[::1]:2");
  }

  private static void assertRefused(String host, ClientSecurity security, String why) {
    assertThatThrownBy(() -> config(host, security, "127.0.0.1:7879"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static ServerConfig config(String host, ClientSecurity security, String peerAddress) {
    return new ServerConfig(
        DIRECTORY,
        "tyer",
        "1",
        new InetSocketAddress(host, 7878),
        Optional.of("locks.example:7878"),
        peerAddress,
        List.of(),
        false,
        security,
        new PeerSecurity.Insecure(),
        Optional.empty(),
        DoorLimits.DEFAULT,
        Optional.empty(),
        Set.of(),
        false);
  }
}
