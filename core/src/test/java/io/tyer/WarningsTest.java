package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the log tells a user who made a mistake. */
@Timeout(180)
class WarningsTest {

  private final MemoryClients clients = new MemoryClients();
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(before);
    clients.close();
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aThreadThatWaitsForItselfIsWarned() throws InterruptedException {
    Tyer tyer = clients.open();
    try (Lease lease = tyer.lock("a").acquire()) {
      assertThat(tyer.lock("a").tryAcquire().asOptional()).isEmpty();
      assertThat(log()).doesNotContain("waits for itself");
      assertThat(tyer.lock("a").tryAcquire(Duration.ofMillis(20)).asOptional()).isEmpty();
      assertThat(log()).contains("waits for itself").contains("lock a");
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void aReaderThatWaitsToWriteIsWarned() throws InterruptedException {
    Tyer tyer = clients.open();
    try (Lease lease = tyer.readWriteLock("a").readLock().acquire()) {
      assertThat(tyer.lock("a").tryAcquire(Duration.ofMillis(20)).asOptional()).isEmpty();
      assertThat(log()).contains("waits for itself");
      assertThat(lease.isValid()).isTrue();
    }
  }

  @Test
  void aForgottenLeaseIsReportedWithWhereItWasAcquired() throws InterruptedException {
    Tyer tyer = clients.open("report-unclosed=true");
    forget(tyer);
    Await.until(
        "reported",
        () -> {
          System.gc();
          return log().contains("forgotten without being closed");
        });
    // The logger prints the message first and the trace after it, line by line.
    Await.until("told where it was acquired", () -> log().contains("WarningsTest.forget"));
    assertThat(tyer.lock("a").tryAcquire().asOptional()).isEmpty();
  }

  private static void forget(Tyer tyer) throws InterruptedException {
    Lease lease = tyer.lock("a").acquire();
    assertThat(lease.isValid()).isTrue();
  }
}
