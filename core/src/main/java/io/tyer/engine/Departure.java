package io.tyer.engine;

import io.tyer.spi.Reply;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import io.tyer.spi.TicketState;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ticket's way out: the leave is repeated until the store has answered, and as long as an attempt
 * to enter may still take a ticket that nobody knows (promise L2). Guarded by the name queue's
 * lock.
 */
final class Departure {

  private static final Logger log = LoggerFactory.getLogger(Departure.class);
  private static final long FIRST_RETRY_NANOS = 50_000_000;

  private final Claim claim;
  private final NameQueue queue;
  private final Engine engine;
  private long retryNanos = FIRST_RETRY_NANOS;

  /** Whether a ticket came in while a leave was on its way. */
  private boolean leaveAgain;

  private boolean inFlight;
  private boolean refusalTold;
  private boolean known;
  private @Nullable CompletableFuture<Void> told;

  Departure(Claim claim, NameQueue queue) {
    this.claim = claim;
    this.queue = queue;
    this.engine = queue.engine();
  }

  /** An attempt to enter has got a ticket after all. */
  void ticketCameIn(Effects effects) {
    leaveAgain = true;
    if (!inFlight) {
      send(effects);
    }
  }

  void send(Effects effects) {
    StoreSession store = claim.session().store();
    long sent = engine.now();
    inFlight = true;
    effects.add(
        () ->
            Call.send(
                engine.port(),
                "leave",
                effects,
                queue.outcome((Boolean removed, Effects then) -> left(sent, then), this::failed),
                reply -> leave(store, effects.mayBlock(), reply)));
  }

  /** The first leave, and with it another ticket's way in. */
  void sendAndEnter(Attempts next, Effects effects) {
    StoreSession store = claim.session().store();
    long sent = engine.now();
    inFlight = true;
    Call.Part<Boolean> leave =
        new Call.Part<>(
            "leave",
            queue.outcome((Boolean removed, Effects then) -> left(sent, then), this::failed));
    Call.Part<TicketState> enter = new Call.Part<>("enter", next.sentWithLeave());
    effects.add(
        () ->
            Call.sendBoth(
                engine.port(),
                effects,
                leave,
                enter,
                (left, entered) ->
                    store.leaveAndEnter(
                        queue.name(),
                        claim.requestSent(),
                        claim.numberKnown(),
                        next.ask(),
                        left,
                        entered)));
  }

  /** Whoever must not be blocked does not wait for the answer either. */
  private void leave(StoreSession store, boolean awaited, Reply<Boolean> reply) {
    if (awaited) {
      store.leave(queue.name(), claim.requestSent(), claim.numberKnown(), reply);
    } else {
      store.leaveUnawaited(queue.name(), claim.requestSent(), claim.numberKnown(), reply);
    }
  }

  /** A removed ticket does not tell which attempt took it: others may still be on their way. */
  private void left(long sent, Effects effects) {
    if (claim.phase != Claim.Phase.LEAVING) {
      return;
    }
    inFlight = false;
    retryNanos = FIRST_RETRY_NANOS;
    if (leaveAgain) {
      leaveAgain = false;
      send(effects);
      return;
    }
    complete(effects);
    if (claim.attempts().certainlyOver(sent)) {
      claim.over(effects);
    } else {
      sendAfter(engine.longestRetryNanos());
    }
  }

  private void failed(StoreException failure, Effects effects) {
    inFlight = false;
    if (claim.phase != Claim.Phase.LEAVING || claim.session().over()) {
      return;
    }
    if (claim.endsSession(failure, effects)) {
      return;
    }
    if (failure.kind() == StoreException.Kind.REFUSED && !refusalTold) {
      refusalTold = true;
      log.error("lock {} could not be given back; trying again", queue.name(), failure);
    } else {
      log.debug("lock {} could not be given back yet; trying again", queue.name(), failure);
    }
    sendAfter(retryNanos);
    retryNanos = Math.min(retryNanos * 2, engine.longestRetryNanos());
  }

  private void sendAfter(long nanos) {
    claim.setTimer(
        engine.port().jittered(nanos),
        later -> {
          if (claim.phase == Claim.Phase.LEAVING) {
            send(later);
          }
        });
  }

  /** Completes when the store knows that the ticket has left; null if it knows already. */
  @Nullable CompletableFuture<Void> told() {
    if (known) {
      return null;
    }
    if (told == null) {
      told = new CompletableFuture<>();
    }
    return told;
  }

  void complete(Effects effects) {
    known = true;
    CompletableFuture<Void> waiting = told;
    told = null;
    if (waiting != null) {
      effects.add(() -> waiting.complete(null));
    }
  }
}
