package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.Tyer;
import io.tyer.servers.redis.RedisClusterKind;
import io.tyer.servers.redis.RedisClusterServer;
import io.tyer.servers.redis.RedisSentinelKind;
import io.tyer.servers.redis.RedisSentinelServer;
import io.tyer.servers.redis.RedisServer;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.testkit.logs.RecordedLogs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tyer doctor} says of real servers. */
@Timeout(180)
class RedisDiagnosisTest {

  @TempDir private Path directory;

  private static Diagnosis of(String address) {
    String separator = address.indexOf('?') < 0 ? "?" : "&";
    return Tyer.builder(address + separator + "connect-timeout=30s&operation-timeout=30s")
        .diagnose();
  }

  private static Map<String, Level> levels(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .collect(
            Collectors.toMap(Finding::topic, Finding::level, (a, b) -> a.compareTo(b) > 0 ? a : b));
  }

  private static String texts(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::text).collect(Collectors.joining("\n"));
  }

  @Test
  void aServerThatLosesNothingIsFine() throws Exception {
    try (RedisServer server = Started.durable(directory, Map.of())) {
      Diagnosis diagnosis = of(server.address());
      assertThat(diagnosis.openable()).isTrue();
      assertThat(levels(diagnosis).values()).as(texts(diagnosis)).containsOnly(Level.OK);
      assertThat(levels(diagnosis))
          .containsKeys(
              "server", "eviction", "persistence", "replicas", "rights", "format", "clock");
      assertThat(server.node().ask("DBSIZE")).as("nothing is left").isEqualTo(0L);
      try (Tyer tyer = Tyer.open(server.address())) {
        assertThat(tyer.store()).isNotEmpty();
      }
      assertThat(texts(of(server.address()))).contains("have format 1");
      Object unused = server.node().ask("HSET", "tyer:{0}:floor", "format", "2");
      assertThat(levels(of(server.address()))).containsEntry("format", Level.PROBLEM);
    }
  }

  @Test
  void whatSpeaksAgainstAServerIsSaid() throws Exception {
    try (RedisServer server =
        Started.configured(
            directory, Map.of(), "maxmemory 100mb", "maxmemory-policy allkeys-lru")) {
      Diagnosis diagnosis = of(server.address());
      assertThat(diagnosis.openable()).isFalse();
      assertThat(levels(diagnosis))
          .containsEntry("eviction", Level.PROBLEM)
          .containsEntry("persistence", Level.WARNING);
      Object policy = server.node().ask("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
      assertThat(policy).isEqualTo("OK");
      assertThat(levels(of(server.address()))).containsEntry("eviction", Level.OK);
      assertThat(levels(of(server.address() + "?replicas=1")))
          .containsEntry("replicas", Level.PROBLEM);
      Object user =
          server
              .node()
              .ask("ACL", "SETUSER", "u", "reset", "on", ">s3cret", "~*", "+@all", "-zrank");
      assertThat(user).isEqualTo("OK");
      Diagnosis limited = of(server.address().replace("//", "//u:s3cret@"));
      assertThat(levels(limited)).containsEntry("rights", Level.PROBLEM);
      assertThat(limited.toString()).contains("ZRANK").doesNotContain("s3cret");
      Diagnosis wrong = of(server.address().replace("//", "//u:wr0ng@"));
      assertThat(levels(wrong)).containsEntry("reachable", Level.PROBLEM);
      assertThat(wrong.toString()).contains("password").doesNotContain("wr0ng");
      String port = Integer.toString(server.node().address().getPort());
      server.kill();
      assertThat(levels(of("redis://127.0.0.1:" + port)))
          .isEqualTo(Map.of("reachable", Level.PROBLEM));
    }
  }

  @Test
  void aPasswordInTheClearIsAWarningOnce() {
    String address = "redis://:s3cret@no-such-host.invalid";
    Diagnosis diagnosis = of(address);
    assertThat(levels(diagnosis)).containsEntry("transport", Level.WARNING);
    assertThat(diagnosis.toString()).doesNotContain("s3cret");
    RecordedLogs.listen();
    try (Tyer tyer = Tyer.open(address + "?lazy=true")) {
      assertThat(tyer.store()).doesNotContain("s3cret");
    }
    List<String> said =
        RecordedLogs.stop().stream()
            .map(Object::toString)
            .filter(text -> text.contains("in the clear"))
            .toList();
    assertThat(said).singleElement().asString().doesNotContain("s3cret").contains("rediss");
  }

  @Test
  void sentinelsAreAskedEach() throws Exception {
    RedisSentinelKind kind = new RedisSentinelKind();
    assumeTrue(kind.unavailable().isEmpty(), () -> kind.unavailable().orElse(""));
    try (RedisSentinelServer server = kind.start(directory)) {
      Diagnosis diagnosis = of(server.address());
      assertThat(diagnosis.openable()).as(texts(diagnosis)).isTrue();
      assertThat(levels(diagnosis))
          .containsEntry("sentinel", Level.OK)
          .containsEntry("replicas", Level.WARNING)
          .containsEntry("rights", Level.OK);
      server.sentinels().get(0).kill();
      assertThat(levels(of(server.address()))).containsEntry("sentinel", Level.WARNING);
      assertThat(levels(of(server.address() + "?master=nobody")))
          .containsEntry("reachable", Level.PROBLEM);
    }
  }

  @Test
  void aClusterIsLookedAtMasterByMaster() throws Exception {
    RedisClusterKind kind = new RedisClusterKind();
    assumeTrue(kind.unavailable().isEmpty(), () -> kind.unavailable().orElse(""));
    try (RedisClusterServer server = kind.start(directory)) {
      Diagnosis diagnosis = of(server.address());
      assertThat(diagnosis.openable()).as(texts(diagnosis)).isTrue();
      assertThat(levels(diagnosis))
          .containsEntry("cluster", Level.OK)
          .containsEntry("rights", Level.OK);
      assertThat(diagnosis.findings().stream().filter(one -> one.topic().equals("server")))
          .hasSize(server.masters().size());
    }
  }
}
