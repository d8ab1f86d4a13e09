package io.tyer.testkit.torture;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OutcomeUnknownException;
import io.tyer.StoreRefusedException;
import io.tyer.StoreUnreachableException;
import io.tyer.Tyer;
import io.tyer.TyerClosedException;
import io.tyer.WaitTimeoutException;
import io.tyer.testkit.history.What;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Wishes, acquires, holds and gives back, again and again, and writes it all down. */
final class WorkerThread implements Runnable {

  private static final long MILLI = 1_000_000;

  /** After an error, so that a store that is down is not asked in a tight loop. */
  private static final long BREATH = 50 * MILLI;

  private final WorkerClient client;
  private final Tyer tyer;
  private final Wishes wishes;
  private final Signals signals;
  private final ScheduledExecutorService timers;
  private final ResourceClient resource;

  WorkerThread(
      WorkerClient client,
      Tyer tyer,
      Wishes wishes,
      Signals signals,
      ScheduledExecutorService timers,
      ResourceClient resource) {
    this.client = client;
    this.tyer = tyer;
    this.wishes = wishes;
    this.signals = signals;
    this.timers = timers;
    this.resource = resource;
  }

  @Override
  public void run() {
    try (resource) {
      while (!signals.stopped()) {
        Wish wish = wishes.next();
        try {
          turn(wish);
        } catch (RuntimeException | Error e) {
          client.unexpected(client.note(wish) + " of " + wish.thing().name(), e);
        }
        signals.pause(wish.thinkMillis() * MILLI);
      }
    }
  }

  private void turn(Wish wish) {
    OperationLog log = client.begin(wish.thing());
    Optional<Grasp> grasp = take(wish, log);
    if (grasp.isEmpty()) {
      return;
    }
    Grasp held = grasp.get();
    Lease lease = held.lease();
    try {
      client.holds(log);
      lease.onLost(cause -> log.now(What.LOST, cause.name()));
      new Holding(wish, lease, log, resource, signals).work();
    } finally {
      release(held, log);
    }
  }

  private Optional<Grasp> take(Wish wish, OperationLog log) {
    log.now(What.ACQUIRE, client.note(wish));
    Interruption interruption =
        wish.interruptMillis() > 0 ? new Interruption(timers, wish.interruptMillis()) : null;
    try {
      Optional<Grasp> grasp = Grasp.take(tyer, wish);
      long at = System.nanoTime();
      if (grasp.isEmpty()) {
        log.at(at, What.BUSY, "");
      } else {
        granted(wish, grasp.get().lease(), log, at);
      }
      return grasp;
    } catch (InterruptedException e) {
      log.now(What.BUSY, Outcomes.INTERRUPTED);
    } catch (WaitTimeoutException e) {
      log.now(What.BUSY, "waited as long as its client allows");
    } catch (OutcomeUnknownException e) {
      failed(log, What.UNKNOWN, e);
    } catch (StoreUnreachableException | StoreRefusedException | TyerClosedException e) {
      failed(log, What.FAILED, e);
    } catch (RuntimeException e) {
      failed(log, What.FAILED, e);
      throw e;
    } finally {
      end(interruption);
    }
    return Optional.empty();
  }

  private static void granted(Wish wish, Lease lease, OperationLog log, long at) {
    String note = "";
    if (wish.token() == Wish.TokenTime.AT_ONCE) {
      try {
        log.token(lease.token());
      } catch (LeaseLostException | OutcomeUnknownException e) {
        note = "lost or unproved before its token was asked for";
      }
    }
    log.at(at, What.GRANTED, note);
  }

  private void failed(OperationLog log, What what, RuntimeException e) {
    log.now(what, e.getClass().getSimpleName() + ": " + e.getMessage());
    signals.pause(BREATH);
  }

  private static void end(@Nullable Interruption interruption) {
    if (interruption != null) {
      interruption.close();
    }
  }

  private void release(Grasp grasp, OperationLog log) {
    // A signal to stop may have come as an interrupt, which is none of this lease's business.
    Thread.interrupted();
    client.gives(log);
    log.now(What.RELEASE, "");
    try {
      grasp.release().run();
      log.now(What.RELEASED, "");
    } catch (LeaseLostException e) {
      log.now(What.RELEASED, "it was lost: " + e.lossCause());
    }
  }
}
