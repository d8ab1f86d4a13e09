package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command line on a ZooKeeper server, as processes. */
@Tag("full")
class ZooKeeperTest extends OnServerTest<ZooKeeperGroup> {

  private static final String MODULE =
      "org.apache.zookeeper.server.auth.DigestLoginModule required";
  private static final String JAAS = "-Djava.security.auth.login.config=";

  @Override
  ZooKeeperGroup start(Path home) throws IOException {
    return new ZooKeeperKind().start(home);
  }

  @Override
  List<String> topics() {
    return List.of("member", "ttl", "tick", "format", "open", "beat", "lock", "wake-up");
  }

  @Override
  List<String> jargon() {
    return List.of("ClientCnxn", "Session 0x");
  }

  @Test
  void badOptionsAreTheStoresToRefuse() {
    assertThat(shell.tyer("locks", "--store", server.address() + "&nosuch=1").await(64).err())
        .contains("the ZooKeeper store does not know the options [nosuch]; it knows [");
    assertThat(shell.tyer("locks", "--store", "zookeeper:host").await(64).err())
        .contains("reads zookeeper://host:port");
    assertThat(
            shell.tyer("run", "--store", server.address() + "&ttl=7d", "a", "true").await(69).err())
        .contains("maxSessionTimeout");
  }

  @Test
  void aPasswordIsShownToNobody() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    String address = server.address().replace("zookeeper://", "zookeeper://me@");
    shell.with("TYER_STORE", address);
    Shell.Started run =
        shell.tyer("run", "--password-file", file.toString(), "a", "--", "env").await(0);
    assertThat(run.out()).contains("TYER_STORE=" + address).doesNotContain(PASSWORD);
    shell.with("TYER_PASSWORD", "another");
    assertThat(shell.tyer("run", "a", "true").await(69).err())
        .contains("NOAUTH")
        .doesNotContain("another");
  }

  private Path logins(String section) throws IOException {
    return Files.writeString(directory.resolve(section.hashCode() + ".conf"), section);
  }

  private void logIn(String password) throws IOException {
    String client = "Client { " + MODULE + " username=\"locker\" password=\"" + password + "\"; };";
    // Its client refuses DIGEST-MD5 otherwise.
    shell.with("JAVA_TOOL_OPTIONS", "-Dzookeeper.fips-mode=false " + JAAS + logins(client));
  }

  @Test
  void saslIsConfiguredAsZooKeepersClientsAre() throws IOException {
    Path known = logins("Server { " + MODULE + " user_locker=\"" + PASSWORD + "\"; };");
    String provider = "org.apache.zookeeper.server.auth.SASLAuthenticationProvider";
    try (ZooKeeperGroup guarded =
        ZooKeeperGroup.start(
            directory.resolve("guarded"),
            List.of("authProvider.1=" + provider),
            List.of(Map.of("JAVA_TOOL_OPTIONS", JAAS + known)))) {
      shell.with("TYER_STORE", guarded.address() + "&acl=auth");
      assertThat(shell.tyer("run", "a", "true").await(69).err())
          .contains("acl=auth needs credentials");
      logIn(PASSWORD);
      shell.tyer("run", "a", "true").await(0);
      assertThat(shell.tyer("locks", "--names").await(0).out()).isEmpty();
      logIn("another");
      assertThat(shell.tyer("run", "a", "true").await(69).err())
          .contains("AUTHFAILED")
          .doesNotContain("another");
      shell.with("JAVA_TOOL_OPTIONS", "").with("TYER_STORE", guarded.address());
      assertThat(shell.tyer("run", "a", "true").await(69).err()).contains("NOAUTH");
    }
  }
}
