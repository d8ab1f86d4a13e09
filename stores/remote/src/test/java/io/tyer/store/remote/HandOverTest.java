package io.tyer.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.Tyer;
import io.tyer.server.TyerServer;
import io.tyer.testkit.host.Patient;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader that is told to stop hands its lead over. */
@Timeout(120)
class HandOverTest {

  @TempDir Path directory;

  private LocalTrio trio;

  @BeforeEach
  void start() throws Exception {
    trio = LocalTrio.start(directory, config -> config);
  }

  @AfterEach
  void stop() {
    trio.close();
  }

  /** A busy machine is late with a beat, but not by a minute: what is lost here, members lost. */
  private Tyer client() {
    return Patient.open(Tyer.builder(trio.address() + "&ttl=1m"));
  }

  /**
   * A lead that is handed over is another member's when the former leader has stopped; without
   * that, nobody leads until an election's time-out has passed. On a busy machine the hand-over
   * itself may run out of time, so that one time of several is enough.
   */
  @Test
  void noHolderLosesALeaseAndTheLeadIsAnothersAtOnce() throws Exception {
    AtomicInteger lost = new AtomicInteger();
    boolean handedOver = false;
    try (Tyer client = client();
        Lease held = client.lock("held").acquire().onLost(why -> lost.incrementAndGet())) {
      for (int i = 0; i < 5 && !handedOver; i++) {
        handedOver = isLedWhenTheLeaderHasStopped(client);
        held.checkValid();
        trio.restart();
      }
      assertThat(handedOver).as("another member led when the leader had stopped").isTrue();
      held.checkValid();
      assertThat(lost).hasValue(0);
    }
  }

  /** Meanwhile a client acquires, again and again; every acquire is granted. */
  private boolean isLedWhenTheLeaderHasStopped(Tyer client) throws Exception {
    TyerServer first = trio.leader();
    acquire(client);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> acquires =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                acquire(client);
              }
            });
    trio.stop(first);
    boolean led = trio.isLed();
    acquire(client);
    enough.set(true);
    acquires.join();
    return led;
  }

  private static void acquire(Tyer client) {
    try (Lease lease = client.lock("next").acquire()) {
      lease.checkValid();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
