package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a ZooKeeper server, as processes. */
@Tag("full")
class ZooKeeperTest {

  private static final String PASSWORD = "s3same";
  private static final String MODULE =
      "org.apache.zookeeper.server.auth.DigestLoginModule required";
  private static final String JAAS = "-Djava.security.auth.login.config=";

  @TempDir Path directory;
  private Shell shell;
  private ZooKeeperGroup server;

  @BeforeEach
  void open() throws IOException {
    server = new ZooKeeperKind().start(directory.resolve("server"));
    shell =
        new Shell(directory)
            .with("TYER_STORE", server.address())
            // Without an archive, half of it may go into loading classes on a busy machine.
            .with("TYER_CONNECT_TIMEOUT", "20s")
            .with("TYER_OPERATION_TIMEOUT", "20s");
  }

  @AfterEach
  void close() {
    if (shell != null) {
      shell.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private void nothingIsLeft() {
    Await.until("nothing is left", () -> isEmpty(server));
  }

  private static boolean isEmpty(ZooKeeperGroup server) {
    try {
      return server.look().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void runsUnderALockAndLeavesNothing() {
    Shell.Started run =
        shell.tyer("run", "my lock", "--", "sh", "-c", "echo $TYER_LOCK, $TYER_STORE").await(0);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("my lock, " + server.address() + "\n");
    shell.tyer("run", "a", "--", "sh", "-c", "exit 7").await(7);
    nothingIsLeft();
  }

  @Test
  void whoComesLaterWaits() {
    Shell.Started holder = shell.hold("a");
    assertThat(shell.tyer("run", "--no-wait", "a", "true").await(75).err())
        .contains("a is not free");
    Shell.Started waiter = shell.tyer("run", "a", "--", "sh", "-c", "echo in > waiter");
    Await.until("who waits stands in line", () -> shell.count("waiting") == 1);
    assertThat(shell.read("waiter")).isEmpty();
    Shell.kill("TERM", holder.pid());
    waiter.await(0);
    assertThat(shell.read("waiter")).isEqualTo("in\n");
  }

  @Test
  void showsAndForces() {
    Shell.Started holder = shell.hold("orders/1", "--label", "cron");
    assertThat(shell.tyer("locks").await(0).out()).contains("orders/1").contains("cron");
    assertThat(shell.tyer("locks", "--names", "orders/").await(0).out()).isEqualTo("orders/1\n");
    shell.tyer("release", "--force", "orders/1").await(0);
    holder.await(76);
    assertThat(shell.tyer("locks", "--json").await(0).out()).contains("\"locks\": []");
  }

  @Test
  void aServerThatIsGoneIsUnreachableAndNotBusy() {
    server.kill();
    for (String[] command :
        new String[][] {
          {"run", "--no-wait", "a", "true"}, {"locks"}, {"release", "--force", "a"}
        }) {
      assertThat(shell.tyer(command).await(69).err())
          .contains("was not reached", "refused")
          .doesNotContain("ClientCnxn", "Session 0x");
    }
    assertThat(shell.tyer("doctor").await(1).out()).contains("problem").contains("cannot keep");
  }

  @Test
  void theDoctorTriesIt() {
    shell.tyer("run", "a", "true").await(0);
    String out = shell.tyer("doctor", "--json").await(0).out();
    assertThat(out).startsWith("{\"format\": 1, \"store\": \"" + server.address() + "\"");
    for (String topic :
        new String[] {"member", "ttl", "tick", "format", "open", "beat", "lock", "wake-up"}) {
      assertThat(out).contains("\"topic\": \"" + topic + "\"");
    }
    nothingIsLeft();
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
