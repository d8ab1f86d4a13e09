package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.spi.Finding;
import io.tyer.spi.Finding.Level;
import io.tyer.store.record.ProcessProof;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is said of things that this machine does not have. */
class DiagnosisTest {

  @Test
  void aMountThatOthersShareIsAWarning() {
    assertThat(MountFindings.kind("ext4", true).level()).isEqualTo(Level.OK);
    assertThat(MountFindings.kind("nfs4", false))
        .matches(finding -> finding.level() == Level.WARNING)
        .matches(finding -> finding.advice().contains("actimeo"));
  }

  @Test
  void littleRoomIsAWarningAndNoneAProblem() {
    long enough = 1L << 30;
    assertThat(room(enough, OptionalLong.empty())).isEqualTo(Level.OK);
    assertThat(room(enough, OptionalLong.of(1_000_000))).isEqualTo(Level.OK);
    assertThat(room(enough, OptionalLong.of(10))).isEqualTo(Level.WARNING);
    assertThat(room(enough, OptionalLong.of(0))).isEqualTo(Level.PROBLEM);
    assertThat(room(1 << 20, OptionalLong.empty())).isEqualTo(Level.WARNING);
    assertThat(room(0, OptionalLong.of(10))).isEqualTo(Level.PROBLEM);
  }

  private static Level room(long bytes, OptionalLong inodes) {
    return MountFindings.room(bytes, inodes).level();
  }

  @Test
  void inodesAreReadFromDf() {
    String head = "Filesystem      Inodes  IUsed   IFree IUse% Mounted on\n";
    assertThat(FreeInodes.parse(head + "/dev/sda1 1000 400 600 40% /\n")).hasValue(600);
    assertThat(FreeInodes.parse(head + "btrfs 0 0 0 - /\n")).isEmpty();
    assertThat(FreeInodes.parse(head + "x - - - - /\n")).isEmpty();
    assertThat(FreeInodes.parse("")).isEmpty();
  }

  @Test
  void onlyAMachinesOwnClockMustAgree() {
    long now = 1_700_000_000_000L;
    assertThat(ClockFinding.of(now - 1500, now, true).level()).isEqualTo(Level.OK);
    assertThat(ClockFinding.of(now + 60_000, now, true).text()).contains("60 s ahead");
    assertThat(ClockFinding.of(now + 60_000, now, true).level()).isEqualTo(Level.WARNING);
    assertThat(ClockFinding.of(now - 60_000, now, false).text()).contains("60 s behind");
    assertThat(ClockFinding.of(now - 60_000, now, false).level()).isEqualTo(Level.OK);
  }

  @Test
  void whatCannotBeProvedIsSaid() {
    assertThat(ProcessFindings.of(ProcessProof.none(), Duration.ofSeconds(20)))
        .extracting(Finding::level)
        .containsOnly(Level.WARNING);
    assertThat(ProcessFindings.of(ProcessProof.none(), Duration.ofSeconds(20)))
        .anySatisfy(finding -> assertThat(finding.text()).contains("20 s"));
  }
}
