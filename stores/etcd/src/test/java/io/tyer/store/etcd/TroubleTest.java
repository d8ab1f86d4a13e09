package io.tyer.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthEnableRequest;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthRoleAddRequest;
import io.etcd.jetcd.api.AuthRoleGrantPermissionRequest;
import io.etcd.jetcd.api.AuthUserAddRequest;
import io.etcd.jetcd.api.AuthUserGrantRoleRequest;
import io.etcd.jetcd.api.Permission;
import io.tyer.Lease;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.servers.etcd.EtcdCluster;
import io.tyer.servers.etcd.EtcdNode;
import io.tyer.servers.etcd.EtcdOptions;
import io.tyer.servers.process.Ports;
import io.tyer.servers.tls.Authority;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreAddress;
import io.tyer.surroundings.SystemSurroundings;
import io.tyer.testkit.host.Needs;
import io.tyer.testkit.host.Requires;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said in words that say what would be right, and without a secret. */
@Timeout(180)
class TroubleTest {

  private static final String SECRET = "s3cret-of-ours";

  @TempDir private Path directory;

  private static void lock(String address) throws Exception {
    String patient = address + (address.contains("?") ? "&" : "?");
    try (Tyer tyer = Tyer.open(patient + "connect-timeout=30s&operation-timeout=30s");
        Lease lease = tyer.lock("a").acquire()) {
      assertThat(lease.token()).isPositive();
    }
  }

  private static String refusal(String address) {
    Throwable refused = catchThrowable(() -> lock(address));
    assertThat(refused).isInstanceOf(StoreRefusedException.class);
    StringWriter all = new StringWriter();
    refused.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(SECRET);
    return String.valueOf(refused.getMessage());
  }

  private static Diagnosis diagnosis(String address) {
    Settings settings =
        new Settings(
            new SystemSurroundings(null),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    Diagnosis diagnosis = new EtcdStoreProvider().diagnose(StoreAddress.parse(address), settings);
    assertThat(diagnosis.toString()).doesNotContain(SECRET);
    return diagnosis;
  }

  private static List<String> topics(Diagnosis diagnosis, Finding.Level level) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.level() == level)
        .map(Finding::topic)
        .toList();
  }

  @Test
  void nobodyIsThere() throws Exception {
    int port = Ports.take();
    Throwable failure = catchThrowable(() -> Tyer.open("etcd://127.0.0.1:" + port).close());
    assertThat(failure).isInstanceOf(StoreUnreachableException.class);
    assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
    Diagnosis diagnosis = diagnosis("etcd://127.0.0.1:" + port);
    assertThat(diagnosis.openable()).isFalse();
    assertThat(topics(diagnosis, Finding.Level.PROBLEM)).containsExactly("reachable");
  }

  @Test
  @Requires(Needs.ETCD)
  void whatIsWellIsSaidToBe() throws Exception {
    EtcdCluster cluster = EtcdCluster.start(directory, 1, EtcdOptions.none());
    try {
      Diagnosis diagnosis = diagnosis(cluster.address());
      assertThat(diagnosis.openable()).isTrue();
      assertThat(topics(diagnosis, Finding.Level.OK)).contains("transport", "member", "rights");
      assertThat(topics(diagnosis, Finding.Level.PROBLEM)).isEmpty();
      assertThat(cluster.look().isEmpty()).as("nothing is left of it").isTrue();
      Throwable failure = catchThrowable(() -> Tyer.open("etcds://" + cluster).close());
      assertThat(failure)
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("the address begins with etcd)");
    } finally {
      cluster.close();
    }
  }

  @Test
  @Requires(Needs.ETCD)
  void usersPasswordsAndRights() throws Exception {
    EtcdCluster cluster = EtcdCluster.start(directory, 1, EtcdOptions.none());
    try {
      EtcdNode node = cluster.nodes().get(0);
      String unused =
          node.call(channel -> rule(EtcdNode.within(AuthGrpc.newBlockingStub(channel))));
      String members = cluster.toString();
      assertThat(refusal("etcd://" + members)).contains("demands a user");
      assertThat(refusal("etcd://locker:wrong@" + members)).contains("another password");
      assertThat(refusal("etcd://nobody:" + SECRET + "@" + members)).contains("not known");
      assertThat(refusal("etcd://reader:" + SECRET + "@" + members))
          .contains("the user reader has not the rights", "readwrite below /tyer/");
      assertThat(refusal("etcd://locker:" + SECRET + "@" + members + "/elsewhere"))
          .contains("readwrite below /elsewhere/");
      lock("etcd://locker:" + SECRET + "@" + members);
      Diagnosis well = diagnosis("etcd://locker:" + SECRET + "@" + members);
      assertThat(topics(well, Finding.Level.PROBLEM)).isEmpty();
      assertThat(topics(well, Finding.Level.WARNING)).contains("transport");
      Diagnosis bad = diagnosis("etcd://reader:" + SECRET + "@" + members);
      assertThat(topics(bad, Finding.Level.PROBLEM)).containsExactly("rights");
      Diagnosis wrong = diagnosis("etcd://locker:wrong@" + members);
      assertThat(topics(wrong, Finding.Level.PROBLEM)).contains("member");
    } finally {
      cluster.close();
    }
  }

  /** Users root, locker and reader, who all have the same password. */
  private static String rule(AuthGrpc.AuthBlockingStub auth) {
    for (String name : List.of("root", "locker", "reader")) {
      var unusedRole = auth.roleAdd(AuthRoleAddRequest.newBuilder().setName(name).build());
      var unusedUser =
          auth.userAdd(AuthUserAddRequest.newBuilder().setName(name).setPassword(SECRET).build());
      var unusedBoth =
          auth.userGrantRole(
              AuthUserGrantRoleRequest.newBuilder().setUser(name).setRole(name).build());
      if (!name.equals("root")) {
        var unusedGrant =
            auth.roleGrantPermission(
                AuthRoleGrantPermissionRequest.newBuilder()
                    .setName(name)
                    .setPerm(
                        Permission.newBuilder()
                            .setKey(ByteString.copyFromUtf8("/tyer/"))
                            .setRangeEnd(ByteString.copyFromUtf8("/tyer0"))
                            .setPermType(
                                name.equals("reader")
                                    ? Permission.Type.READ
                                    : Permission.Type.READWRITE))
                    .build());
      }
    }
    var unused = auth.authEnable(AuthEnableRequest.getDefaultInstance());
    return "enabled";
  }

  @Test
  @Requires(Needs.ETCD)
  void certificates() throws Exception {
    long now = new SystemSurroundings(null).wallMillis();
    Authority authority = new Authority(directory.resolve("ca"), "ours", now);
    Authority stranger = new Authority(directory.resolve("other"), "theirs", now);
    var mine = authority.issue("member");
    var client = authority.issue("client");
    EtcdCluster cluster =
        EtcdCluster.start(
            directory.resolve("etcd"),
            1,
            new EtcdOptions(
                Optional.of(
                    new EtcdOptions.Tls(
                        authority.certificate(), mine.certificate(), mine.key(), true)),
                List.of()));
    try {
      String members = cluster.toString();
      String own = "&tls-cert=" + client.certificate() + "&tls-key=" + client.key();
      lock("etcds://" + members + "?tls-ca=" + authority.certificate() + own);
      assertThat(refusal("etcds://" + members + "?tls-ca=" + stranger.certificate() + own))
          .contains("tls-ca");
      assertThat(refusal("etcds://" + members + "?tls-ca=" + authority.certificate()))
          .contains("demands a certificate");
      Throwable plain = catchThrowable(() -> Tyer.open("etcd://" + members).close());
      assertThat(plain)
          .isInstanceOf(StoreUnreachableException.class)
          .hasMessageContaining("begins with etcds");
    } finally {
      cluster.close();
    }
  }
}
