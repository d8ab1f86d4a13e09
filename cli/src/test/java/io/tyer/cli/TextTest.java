package io.tyer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void messagesStandAboveTheStatusLine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out);
    screen.say("one");
    screen.status("waiting");
    screen.say("two");
    screen.clearStatus();
    screen.warn("three");
    screen.drain(Await.LIMIT);
    String line = "\r\u001b[?7lwaiting\u001b[K\u001b[?7h";
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "tyer: one\n"
                + line
                + "\r\u001b[Ktyer: two\n"
                + line
                + "\r\u001b[Ktyer: warning: three\n");
  }

  @Test
  void nobodyReadsAndNobodyWaits() {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) {
            Await.until("never", () -> never.getCount() == 0);
          }
        };
    Screen screen = new Screen(stuck);
    for (int i = 0; i < 5000; i++) {
      screen.say("nobody reads this");
    }
    screen.drain(Duration.ofMillis(1));
    never.countDown();
  }

  @Test
  void logMessagesAreSaid() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out);
    Exception why = new IOException("why");
    ScreenLogger log = new ScreenLogger("io.tyer.Some", new LogTarget(screen, false));
    log.warn("{} happened", "this", why);
    log.debug("hidden");
    log.error("that");
    new ScreenLogger("io.tyer.engine.EngineOperator", new LogTarget(screen, false)).warn("hidden");
    new ScreenLogger("org.apache.zookeeper.X", new LogTarget(screen, false)).error("hidden");
    ScreenLogger debug = new ScreenLogger("io.tyer.Some", new LogTarget(screen, true));
    debug.debug("shown", why);
    screen.drain(Await.LIMIT);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith(
            """
            tyer: warning: this happened: java.io.IOException: why
            tyer: that
            tyer: DEBUG [main] Some - shown
            tyer: java.io.IOException: why
                at""")
        .doesNotContain("hidden");
  }

  @Test
  void foregroundIsReadFromStat() {
    assertThat(Foreground.isForeground("12 (a) b) S 1 12 5 34816 12 0 0")).isTrue();
    assertThat(Foreground.isForeground("12 (java) S 1 12 5 34816 99 0 0")).isFalse();
    assertThat(Foreground.isForeground("12 (java) S 1 12 5 0 -1 0 0")).isFalse();
  }
}
