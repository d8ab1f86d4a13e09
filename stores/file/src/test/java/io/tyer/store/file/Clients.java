package io.tyer.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.Lease;
import io.tyer.LossCause;
import io.tyer.Tyer;
import io.tyer.TyerOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Whole clients of a directory, as users open them. */
final class Clients {

  /** What a client of a fault test lives by that is to lose its leases soon. */
  static final Duration SHORT = Duration.ofSeconds(1);

  /** For a client that is to keep its leases, however slow the machine is. */
  static final Duration LONG = Duration.ofSeconds(20);

  private Clients() {}

  /** A client that beats often, whatever its TTL, so that an outage meets beats. */
  static Tyer open(Path directory, Duration ttl) {
    return Tyer.builder("file:" + directory)
        .ttl(ttl)
        .option(TyerOption.BEAT, "100ms")
        .option(TyerOption.OPERATION_TIMEOUT, "2s")
        .open();
  }

  /** Completes with the cause when the lease is lost. */
  static CompletableFuture<LossCause> lossOf(Lease lease) {
    CompletableFuture<LossCause> lost = new CompletableFuture<>();
    lease.onLost(lost::complete);
    return lost;
  }

  /** What must come, in good time. */
  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  /** Acquires a lock, and gives it back. */
  static long tokenOf(Tyer tyer, String name) throws InterruptedException {
    try (Lease lease = tyer.lock(name).acquire()) {
      return lease.token();
    }
  }

  /** Returns once somebody waits for the lock behind its holder. */
  static void awaitLine(Tyer tyer, String name, int length) throws Exception {
    Await.until(
        length + " in line for " + name,
        () ->
            tyer.operator().locks(name).stream().mapToInt(view -> view.line().size()).sum()
                == length);
  }

  /** No line has a ticket, no session is left, and no file that is only for writing. */
  static void assertNothingLeft(Path directory) {
    try (Tyer tyer = open(directory, LONG)) {
      assertThat(tyer.operator().locks("")).isEmpty();
    }
    for (String folder : List.of("sessions", "inbox", "tmp")) {
      assertThat(directory.resolve(folder).toFile().list()).as(folder).isEmpty();
    }
  }
}
