package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tyer.spi.Bearers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /proc} proves, on real processes. */
class LinuxProcessProofTest {

  private final ProcessProof proof = ProcessProof.ofThisHost();

  private void needsProof() {
    assumeTrue(!proof.processes().isEmpty(), "this host shows nothing that could be proved");
  }

  private SessionState session(List<Bearer> bearers) {
    return new SessionState(false, 1000, "", 0, 0, 0, 0, proof.clock(), proof.processes(), bearers);
  }

  @Test
  void aKilledProcessIsGone() throws Exception {
    needsProof();
    Processes processes = new Processes(proof);
    Process sleep = new ProcessBuilder("sleep", "1000").start();
    SessionState session;
    try {
      session = session(processes.bearers(new Bearers(List.of(sleep.pid()))));
      assertThat(session.bearers()).hasSize(1);
      assertThat(processes.gone(session)).isFalse();
    } finally {
      sleep.destroyForcibly();
      sleep.waitFor();
    }
    assertThat(processes.gone(session)).isTrue();
    assertThat(proof.startOf(sleep.pid())).isEqualTo(ProcessProof.ABSENT);
    assertThat(processes.bearers(new Bearers(List.of(sleep.pid())))).isEmpty();
  }

  @Test
  void aProcessWithTheSamePidThatStartedAtAnotherTimeIsAnotherOne() {
    needsProof();
    Processes processes = new Processes(proof);
    long self = ProcessHandle.current().pid();
    long start = proof.startOf(self);
    assertThat(start).isNotNegative();
    assertThat(processes.gone(session(List.of(new Bearer(self, start))))).isFalse();
    assertThat(processes.gone(session(List.of(new Bearer(self, start + 1))))).isTrue();
    assertThat(
            processes.gone(session(List.of(new Bearer(self, start + 1), new Bearer(self, start)))))
        .isFalse();
    assertThat(processes.gone(session(List.of()))).isFalse();
  }

  @Test
  void whatIsNotAsTheKernelWritesItProvesNothing() {
    String stat = "77 (%s) %s 1 77 77 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 %s 0 %s 9 9\n";
    assertThat(LinuxProcessProof.start(stat.formatted("a) Z (b", "S", "31", "123"))).isEqualTo(123);
    assertThat(LinuxProcessProof.start(stat.formatted("x", "Z", "1", "123")))
        .isEqualTo(ProcessProof.ABSENT);
    assertThat(LinuxProcessProof.start(stat.formatted("x", "Z", "2", "123"))).isEqualTo(123);
    for (String odd :
        List.of(
            "",
            "77 (x",
            "77 (x)",
            "77 (x) S 1",
            "77 Z 1 77 77 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123 9 9",
            stat.formatted("x", "S", "1", "-1"),
            stat.formatted("x", "S", "1", "x"),
            stat.formatted("x", "Z", "-1", "5"))) {
      assertThat(LinuxProcessProof.start(odd)).as(odd).isEqualTo(ProcessProof.UNKNOWN);
    }
  }

  @Test
  void theWholeTableIsSeenOnlyWithoutHidepidAndSubset() {
    String mount = "22 27 0:21 / /proc rw,nosuid - proc proc rw";
    assertThat(LinuxProcessProof.isWholeMount(mount)).isTrue();
    assertThat(LinuxProcessProof.isWholeMount(mount + ",hidepid=0\n")).isTrue();
    assertThat(LinuxProcessProof.isWholeMount("22 27 0:21 / /proc rw shared:5 - proc proc rw"))
        .isTrue();
    for (String hides : List.of("hidepid=1", "hidepid=2", "hidepid=invisible", "subset=pid")) {
      assertThat(LinuxProcessProof.isWholeMount(mount + "," + hides)).as(hides).isFalse();
    }
    assertThat(LinuxProcessProof.isWholeMount(mount + "\n" + mount + ",hidepid=2")).isFalse();
    assertThat(LinuxProcessProof.isWholeMount("22 27 0:21 /1 /proc rw - proc proc rw")).isFalse();
    assertThat(LinuxProcessProof.isWholeMount("22 27 0:21 / /proc rw - tmpfs none rw")).isFalse();
    assertThat(LinuxProcessProof.isWholeMount("22 27 0:21 / / rw - ext4 none rw")).isFalse();
    assertThat(LinuxProcessProof.isWholeMount("")).isFalse();
  }

  @Test
  void whereProcIsMissingNothingIsProved(@TempDir Path empty) {
    ProcessProof none = LinuxProcessProof.at(empty);
    assertThat(none.clock()).isEmpty();
    assertThat(none.processes()).isEmpty();
    assertThat(none.startOf(1)).isEqualTo(ProcessProof.UNKNOWN);
  }

  @Test
  void whereProcIsThatOfOthersNothingIsProved(@TempDir Path proc) throws IOException {
    Path self = Files.createDirectories(proc.resolve("1234567"));
    Files.createDirectories(self.resolve("ns"));
    Files.createSymbolicLink(self.resolve("ns/pid"), Path.of("pid:[1]"));
    Files.createSymbolicLink(proc.resolve("self"), Path.of("1234567"));
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "boot\n");
    Files.writeString(proc.resolve("sys/kernel/hostname"), "host\n");
    Files.writeString(self.resolve("mountinfo"), "22 27 0:21 / /proc rw - proc proc rw\n");
    ProcessProof others = LinuxProcessProof.at(proc);
    assertThat(others.clock()).isEqualTo("boot/time:none/host");
    assertThat(others.processes()).isEmpty();
    assertThat(others.startOf(99)).isEqualTo(ProcessProof.UNKNOWN);
    assertThat(others.startOf(1234567)).isEqualTo(ProcessProof.UNKNOWN);
  }
}
