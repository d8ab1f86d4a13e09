package io.tyer.example.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process and its parent. */
@Timeout(180)
class ChildProcessTest {

  @Test
  void saysWhatItIsToldUntilItsInputEnds() throws Exception {
    try (ChildProcess child = ChildProcess.start(Echo.class, "one", "zwölf")) {
      assertThat(child.hear()).isEqualTo("one");
      assertThat(child.hear()).isEqualTo("zwölf");
      child.tell("end");
      assertThat(child.end()).isZero();
      assertThat(child.hear()).isEqualTo("ended");
      assertThat(child.hear()).isEqualTo(ChildProcess.NOTHING);
      child.tell("without effect");
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void aListenerHearsAllBeforeTheEnd() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    ChildProcess.Listener listener =
        new ChildProcess.Listener() {
          @Override
          public void said(String line) {
            heard.add(line);
          }

          @Override
          public void ended(int exitCode) {
            heard.add("exit code " + exitCode);
          }
        };
    try (ChildProcess child = ChildProcess.start(listener, Echo.class, "a", "b", "halt", "c")) {
      assertThat(child.exitCode()).isEqualTo(ChildProcess.KILLED);
      assertThat(List.copyOf(heard)).containsExactly("a", "b", "exit code 137");
    }
  }

  @Test
  void oneThatWasPausedGoesOn() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (ChildProcess child = ChildProcess.start(heard::add, Echo.class)) {
      child.tell("awake");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("awake");
      child.pause();
      child.tell("asleep");
      assertThat(child.isAlive()).isTrue();
      child.resume();
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("asleep");
    }
  }

  @Test
  void oneThatIsPausedCanBeKilled() throws Exception {
    ChildProcess child = ChildProcess.start(Echo.class, "awake");
    assertThat(child.hear()).isEqualTo("awake");
    child.pause();
    child.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(child.exitCode()).isEqualTo(ChildProcess.KILLED);
  }
}
