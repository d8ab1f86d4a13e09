package io.tyer.testkit.torture;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.LockView;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one lock that nobody else wants through everything that happens, and looks again and again
 * whether the store still has its ticket: what was granted and is valid must survive.
 */
final class Keeper implements AutoCloseable {

  static final String NAME = "keeper";

  /** So long that a lease outlives a restart of the server. */
  private static final Duration TTL = Duration.ofSeconds(15);

  private static final long PAUSE = 200_000_000;
  private static final int TOKENS_OF_A_TICKET = 12;

  private final String uri;
  private final IntSupplier restarts;
  private final Signals signals = new Signals();
  private final Thread thread = new Thread(null, this::run, "keeper", 0, false);
  private final List<String> problems = new ArrayList<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger looksAfterRestart = new AtomicInteger();
  private final AtomicInteger leases = new AtomicInteger();

  /**
   * Begins.
   *
   * @param restarts how often the server was killed by now
   */
  Keeper(String uri, IntSupplier restarts) {
    this.uri = uri;
    this.restarts = restarts;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!signals.stopped()) {
      try (Tyer tyer = Tyer.builder(uri).ttl(TTL).open()) {
        keep(tyer);
      } catch (TyerException e) {
        signals.pause(PAUSE);
      } catch (RuntimeException | Error e) {
        problems.add("the keeper's client threw " + e);
        signals.stop();
      }
    }
  }

  private void keep(Tyer tyer) {
    while (!signals.stopped()) {
      try (Lease lease = take(tyer)) {
        if (lease != null) {
          leases.incrementAndGet();
          long token = lease.token();
          int before = restarts.getAsInt();
          while (lease.isValid() && !signals.pause(PAUSE)) {
            look(tyer, lease, token, before);
          }
        }
      } catch (LeaseLostException e) {
        signals.pause(PAUSE);
      }
    }
  }

  private @Nullable Lease take(Tyer tyer) {
    try {
      OptionalLease lease = tyer.lock(NAME).tryAcquire(Duration.ofSeconds(1));
      return lease.asOptional().orElse(null);
    } catch (InterruptedException e) {
      return null;
    } catch (TyerException e) {
      signals.pause(PAUSE);
      return null;
    }
  }

  /** What is valid after the store was asked was so while it answered. */
  private void look(Tyer tyer, Lease lease, long token, int before) {
    boolean restarted = restarts.getAsInt() > before;
    List<LockView> lines;
    try {
      lines = tyer.operator().locks(NAME);
    } catch (TyerException e) {
      return; // No answer proves nothing.
    }
    if (!lease.isValid()) {
      return;
    }
    looks.incrementAndGet();
    if (restarted) {
      looksAfterRestart.incrementAndGet();
    }
    if (!has(lines, token) && problems.size() < 5) {
      problems.add(
          "the store has no granted ticket for token "
              + token
              + " of lock "
              + NAME
              + ", whose lease is valid; it has "
              + lines);
    }
  }

  /** Whether a granted ticket of this lock is there that leases with this token stand under. */
  static boolean has(List<LockView> lines, long token) {
    return lines.stream()
        .filter(line -> line.name().equals(NAME))
        .flatMap(line -> line.line().stream())
        .anyMatch(place -> place.granted() && place.number() == token >>> TOKENS_OF_A_TICKET);
  }

  /** What was wrong; after {@link #end}. */
  List<String> problems() {
    return problems;
  }

  /** How often the ticket of a valid lease was looked for. */
  int looks() {
    return looks.get();
  }

  /** How often that was for a lease that was granted before the server was killed. */
  int looksAfterRestart() {
    return looksAfterRestart.get();
  }

  /** How many leases it has had. */
  int leases() {
    return leases.get();
  }

  /** Gives the lock back. */
  void end() {
    signals.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
  }
}
