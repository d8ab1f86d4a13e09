package io.tyer.store.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.zookeeper.ZooKeeperGroup;
import io.tyer.servers.zookeeper.ZooKeeperKind;
import io.tyer.spi.Diagnosis;
import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.spi.StoreAddress;
import io.tyer.surroundings.SystemSurroundings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tyer doctor} is told of servers. */
@Timeout(180)
class DiagnosisTest {

  private static Diagnosis of(String address, Duration patience) {
    try (SystemSurroundings surroundings = new SystemSurroundings(null)) {
      return new ZooKeeperStoreProvider()
          .diagnose(
              StoreAddress.parse(address),
              new Settings(surroundings, Duration.ofSeconds(15), patience, patience));
    }
  }

  private static List<Finding> about(Diagnosis diagnosis, String topic) {
    return diagnosis.findings().stream().filter(one -> one.topic().equals(topic)).toList();
  }

  /** The upper half of a zxid counts leaders, and tickets' numbers end at 2^51. */
  @ParameterizedTest
  @CsvSource({"0x3ffff00000001,OK", "0x4000000000001,WARNING", "0x8000000000001,PROBLEM"})
  void manyLeadersAreWarnedOfAtHalf(String zxid, Level level) throws Exception {
    String text = "Zookeeper version: 3.9.5-x\nZxid: " + zxid + "\nMode: follower\n";
    try (SayingServer server = new SayingServer(text)) {
      List<Finding> numbers =
          about(of("zookeeper://" + server.place(), Duration.ofSeconds(1)), "numbers");
      if (level == Level.OK) {
        assertThat(numbers).isEmpty();
      } else {
        assertThat(numbers).singleElement().extracting(Finding::level).isEqualTo(level);
        assertThat(numbers.toString()).contains("leaders");
      }
    }
  }

  @Test
  void serversOfOtherTicksAndTimeOutsAreNoticed(@TempDir Path directory) throws Exception {
    List<String> settings =
        List.of("tickTime=100", "minSessionTimeout=3000", "maxSessionTimeout=5000");
    try (ZooKeeperGroup server = ZooKeeperGroup.start(directory, settings, List.of(Map.of()))) {
      Diagnosis short5s = of(server.address(), Duration.ofSeconds(30));
      assertThat(about(short5s, "ttl"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                assertThat(finding.toString()).contains("3000 ms to 5000 ms", "maxSessionTimeout");
              });
      assertThat(about(short5s, "tick"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.level()).isEqualTo(Level.WARNING);
                assertThat(finding.toString()).contains("tickTime", "50 ms");
              });
      assertThat(short5s.openable()).isFalse();
    }
  }

  @Test
  void aMemberThatIsAloneAmongOthersIsAProblem(@TempDir Path directory) throws Exception {
    try (ZooKeeperGroup one = new ZooKeeperKind().start(directory.resolve("one"));
        ZooKeeperGroup other = new ZooKeeperKind().start(directory.resolve("other"))) {
      String both =
          ZooKeeperGroup.address(
              List.of(one.nodes().get(0).toString(), other.nodes().get(0).toString()), "");
      assertThat(about(of(both, Duration.ofSeconds(30)), "members"))
          .singleElement()
          .extracting(Finding::level)
          .isEqualTo(Level.PROBLEM);
      String alone = ZooKeeperGroup.address(List.of(one.nodes().get(0).toString()), "");
      assertThat(about(of(alone, Duration.ofSeconds(30)), "members"))
          .singleElement()
          .extracting(Finding::level)
          .isEqualTo(Level.WARNING);
    }
  }
}
