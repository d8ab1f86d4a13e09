package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers of several versions answer, and what it is taken for. */
class FailuresTest {

  private static final String CALL = "ERR Error running script (call to f_377a48): ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        CALL + "@user_script:1: WRONGTYPE Operation against a key | WRONGTYPE",
        CALL + "@user_script:1: @user_script: 1: -OOM command not allowed | OOM",
        CALL + "@user_script:7: @user_script: 7: -READONLY You can't write | READONLY",
        CALL + "@user_script:7: @user_script: 7: The user executing the script can't run | NOPERM",
        "@user_script: 1: -OOM command not allowed | OOM",
        "ERR The user executing the script can't publish to the channel | NOPERM",
        "ERR ACL failure in script: no permissions | NOPERM",
        "WRONGTYPE Operation against a key script: 377a, on @user_script:1. | WRONGTYPE",
        "-READONLY You can't write | READONLY",
        "NOAUTH Authentication required. | NOAUTH",
        "ERR invalid password | WRONGPASS",
        "ERR DB index is out of range | ERR",
        "TYERFULL the line is full | TYERFULL",
      })
  void theCodeIsFound(String error, String code) {
    assertThat(Failures.code(error)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "READONLY x | UNREACHABLE | read-only replica",
        "LOADING x | UNREACHABLE | loading",
        "BUSY x | UNREACHABLE | busy",
        "MASTERDOWN x | UNREACHABLE | without its master",
        "CLUSTERDOWN x | UNREACHABLE | does not serve",
        "TRYAGAIN x | UNREACHABLE | being moved",
        "NOREPLICAS x | UNREACHABLE | too few replicas",
        "OOM x | REFUSED | maxmemory",
        "MISCONF x | REFUSED | cannot write its data",
        "NOAUTH x | REFUSED | wants a password",
        "WRONGPASS x | REFUSED | password",
        "NOPERM x | REFUSED | docs/stores/redis.md",
        "WRONGTYPE x | REFUSED | another prefix",
        "TYERFORMAT x | REFUSED | newer",
        "ERR DB index is out of range | REFUSED | no database of this number",
        "ERR anything | REFUSED | it refused",
      })
  void whatItMeansIsSaid(String error, Kind kind, String said) {
    StoreException failure = Failures.refused("redis://h", error);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining("redis://h").hasMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({
    "6.2.0, true",
    "6.2, true",
    "6.0.16, false",
    "5.0.7, false",
    "7.0.15, true",
    "8.0, true",
    "10.1.0, true",
    "unstable, true",
    "'', true",
  })
  void serversThatAreTooOldAreTold(String version, boolean enough) {
    ServerInfo info = ServerInfo.parse("# Server\r\nredis_version:" + version + "\r\n");
    assertThat(info.isNewEnough()).isEqualTo(enough);
  }

  @Test
  void aRunIsTheHeadsOfProcessAndHistory() {
    String process = "run_id:0123456789abcdef0123456789abcdef01234567\r\n";
    String history = "master_replid:fedcba9876543210fedcba9876543210fedcba98\r\n";
    assertThat(ServerInfo.parse(process + history).run()).isEqualTo("01234567fedcba98");
    assertThat(ServerInfo.parse(process).run()).isEmpty();
    assertThat(ServerInfo.parse(history).run()).isEmpty();
    assertThat(ServerInfo.parse("run_id:0123\r\n" + history).run()).isEmpty();
    assertThat(ServerInfo.parse("").run()).isEmpty();
    assertThat(ServerInfo.parse("redis_version:7.2.4\nvalkey_version:8.0.1").product())
        .isEqualTo("Valkey 8.0.1");
  }

  // ---- what a diagnosis makes of INFO

  private static Level level(String topic, int asked, boolean failsOver, String... fields) {
    ServerInfo info = ServerInfo.parse(String.join("\n", fields));
    List<Finding> findings = ServerFindings.of("h:1", info, asked, failsOver);
    return findings.stream()
        .filter(one -> one.topic().equals(topic))
        .map(Finding::level)
        .max(Level::compareTo)
        .orElse(Level.OK);
  }

  @Test
  void evictionOfLocksIsAProblem() {
    String limited = "maxmemory:100";
    assertThat(level("eviction", 0, false, "maxmemory_policy:allkeys-lru", limited))
        .isEqualTo(Level.PROBLEM);
    assertThat(level("eviction", 0, false, "maxmemory_policy:allkeys-lfu", "maxmemory:0"))
        .isEqualTo(Level.WARNING);
    assertThat(level("eviction", 0, false, "maxmemory_policy:volatile-lru", limited))
        .isEqualTo(Level.OK);
    assertThat(level("eviction", 0, false, "maxmemory_policy:noeviction", limited))
        .isEqualTo(Level.OK);
    assertThat(level("memory", 0, false, limited, "used_memory:95")).isEqualTo(Level.WARNING);
    assertThat(level("memory", 0, false, limited, "used_memory:50")).isEqualTo(Level.OK);
  }

  @Test
  void whatARestartOrAFailoverLosesIsAWarning() {
    assertThat(level("persistence", 0, false, "aof_enabled:1")).isEqualTo(Level.OK);
    assertThat(level("persistence", 0, false, "aof_enabled:0")).isEqualTo(Level.WARNING);
    assertThat(level("persistence", 0, false, "aof_enabled:1", "aof_last_write_status:err"))
        .isEqualTo(Level.WARNING);
    assertThat(level("replicas", 0, false, "connected_slaves:0")).isEqualTo(Level.OK);
    assertThat(level("replicas", 0, false, "connected_slaves:1")).isEqualTo(Level.WARNING);
    assertThat(level("replicas", 0, true, "connected_slaves:0")).isEqualTo(Level.WARNING);
    assertThat(level("replicas", 1, true, "connected_slaves:1")).isEqualTo(Level.OK);
    assertThat(level("replicas", 2, true, "connected_slaves:1")).isEqualTo(Level.PROBLEM);
  }

  @Test
  void aClusterThatDoesNotServeAllIsAProblem() {
    ServerInfo good = ServerInfo.parse("cluster_state:ok\ncluster_slots_ok:16384");
    ServerInfo bad = ServerInfo.parse("cluster_state:fail\ncluster_slots_ok:10922");
    assertThat(ClusterFindings.state("n", good).level()).isEqualTo(Level.OK);
    assertThat(ClusterFindings.state("n", bad).level()).isEqualTo(Level.PROBLEM);
    assertThat(ClusterFindings.masters(List.of()).level()).isEqualTo(Level.PROBLEM);
  }
}
