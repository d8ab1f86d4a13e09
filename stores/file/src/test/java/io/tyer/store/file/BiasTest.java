package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one process keeps under bias, another one gets. */
@Timeout(180)
class BiasTest {

  private static final int RECALLS = 50;

  @TempDir Path directory;

  private String uri(String options) {
    return "file:" + directory.resolve("store") + options;
  }

  private static long again(ChildJvm keeper) throws Exception {
    keeper.tell("again");
    return token(keeper);
  }

  /** The next token, past what the process logs of the loss of its session. */
  private static long token(ChildJvm keeper) throws Exception {
    String line = keeper.line();
    while (!line.matches("[0-9]+")) {
      assertThat(line).contains("WARN");
      line = keeper.line();
    }
    return Long.parseLong(line);
  }

  @Test
  void aRecallReachesAnotherProcess() throws Exception {
    try (ChildJvm keeper = ChildJvm.start(Keeper.class, uri("?bias=true"));
        Tyer other = Tyer.open(uri(""))) {
      long before = 0;
      for (int i = 0; i < RECALLS; i++) {
        long theirs = again(keeper);
        assertThat(theirs).isGreaterThan(before);
        try (Lease lease = other.lock("a").acquire()) {
          before = lease.token();
          assertThat(before).isGreaterThan(theirs);
        }
      }
    }
  }

  @Test
  void aTryGetsWhatAnotherProcessMerelyKeeps() throws Exception {
    try (ChildJvm keeper = ChildJvm.start(Keeper.class, uri("?bias=true"));
        Tyer other = Tyer.open(uri(""))) {
      int got = 0;
      for (int i = 0; i < 10; i++) {
        assertThat(again(keeper)).isPositive();
        var lease = other.lock("a").tryAcquire();
        if (lease.isPresent()) {
          got++;
          lease.get().close();
        }
      }
      // A recall that takes longer than 50 ms on a busy machine makes a try fail.
      assertThat(got).isPositive();
    }
  }

  @Test
  void whatAKilledProcessKeptIsFreeWithoutWaitingForItsTtl() throws Exception {
    try (ChildJvm keeper = ChildJvm.start(Keeper.class, uri("?bias=true&ttl=10m"));
        Tyer other = Tyer.open(uri("?ttl=10m"))) {
      long theirs = again(keeper);
      keeper.kill();
      long killed = System.nanoTime();
      try (Lease lease = other.lock("a").acquire()) {
        assertThat(lease.token()).isGreaterThan(theirs);
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofMinutes(1));
      }
    }
  }

  @Test
  void whatAStoppedProcessKeptIsFreeAfterTheTtl() throws Exception {
    try (ChildJvm keeper = ChildJvm.start(Keeper.class, uri("?bias=true&ttl=1s"));
        Tyer other = Tyer.open(uri("?ttl=1s"))) {
      long before = again(keeper);
      keeper.signal("STOP");
      long token;
      try (Lease lease = other.lock("a").acquire()) {
        token = lease.token();
        assertThat(token).isGreaterThan(before);
        keeper.signal("CONT");
        keeper.tell("again");
        assertThat(lease.isValid()).isTrue();
      }
      assertThat(token(keeper)).isGreaterThan(token);
    }
  }
}
