package io.tyer.store.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** What Linux tells of processes: read rightly, or nothing is concluded from it. */
class ProcFuzzTest {

  @FuzzTest
  void stat(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    long start = LinuxProcessProof.start(text);
    assertThat(start).isGreaterThanOrEqualTo(ProcessProof.UNKNOWN);
    if (start >= 0) {
      assertThat(text).contains(") ").contains(" " + start);
    }
    if (start == ProcessProof.ABSENT) {
      assertThat(text).matches("(?s).*\\) [ZX] .*");
    }
  }

  @FuzzTest
  void ofAProcess(FuzzedDataProvider in) {
    long start = in.consumeLong(0, Long.MAX_VALUE);
    int threads = in.consumeInt(0, Integer.MAX_VALUE);
    char state = (char) in.consumeInt('A', 'Z');
    String command = in.consumeRemainingAsString();
    String stat =
        "77 (%s) %c 1 77 77 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 %d 0 %d 9 9"
            .formatted(command, state, threads, start);
    boolean ended = (state == 'Z' || state == 'X') && threads <= 1;
    assertThat(LinuxProcessProof.start(stat)).isEqualTo(ended ? ProcessProof.ABSENT : start);
  }

  @FuzzTest
  void mounts(FuzzedDataProvider in) {
    String text = in.consumeRemainingAsString();
    if (LinuxProcessProof.isWholeMount(text)) {
      assertThat(text).contains(" /proc ").contains(" proc ");
    }
    String hiding = text + "\n22 27 0:21 / /proc rw - proc proc rw,hidepid=2";
    assertThat(LinuxProcessProof.isWholeMount(hiding)).isFalse();
  }
}
