package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.spi.Bearers;
import io.tyer.spi.Cancellable;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's one session in a shard of the store: opened when first needed, kept alive by beats,
 * and lost for good when it can no longer be proved. Whoever waited then goes on under a new one.
 */
final class SessionKeeper {

  private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

  private final Engine engine;
  private final StorePort port;
  private final EngineSettings settings;
  private final int shard;
  private final EntersInFlight entersInFlight = new EntersInFlight();
  private final ReentrantLock lock = new ReentrantLock();

  private volatile @Nullable LiveSession live;
  private volatile Bearers bearers = Bearers.self();

  // Guarded by the lock.
  private @Nullable LiveSession opening;
  private @Nullable Cancellable nextAttempt;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean closed;
  private @Nullable CompletableFuture<Void> endedAfterOpening;
  private final List<CompletableFuture<LiveSession>> openers = new ArrayList<>();
  private final Map<LiveSession, Heartbeat> heartbeats = new HashMap<>();

  private final LostSessions lost;

  SessionKeeper(Engine engine, int shard) {
    this.engine = engine;
    this.port = engine.port();
    this.settings = engine.settings();
    this.shard = shard;
    this.lost = new LostSessions(port, settings);
  }

  private @Nullable Heartbeat heartbeat(LiveSession session) {
    lock.lock();
    try {
      return heartbeats.get(session);
    } finally {
      lock.unlock();
    }
  }

  /** The processes that bear the session, by the newest account. */
  Bearers bearersNow() {
    return bearers;
  }

  EntersInFlight entersInFlight() {
    return entersInFlight;
  }

  /** The queues of this shard's names. */
  void eachQueue(Consumer<NameQueue> action) {
    engine.eachQueue(
        queue -> {
          if (ours(queue)) {
            action.accept(queue);
          }
        });
  }

  private boolean ours(NameQueue queue) {
    return queue.sessions() == this;
  }

  /** For messages: the store, and which of its shards if there are several. */
  private String place() {
    String store = port.description();
    return port.store().shards() == 1 ? store : store + ", shard " + shard;
  }

  /** The session to enter with, null if one must be opened first. */
  @Nullable LiveSession current() {
    LiveSession session = live;
    return session != null && !session.over() ? session : null;
  }

  // ---- opening

  /** A queue needs a session; it is told when there is one, or that there is none. */
  void need(NameQueue queue, Effects effects) {
    LiveSession session = current();
    if (session != null) {
      queue.sessionReady(effects);
    } else {
      open(effects);
    }
  }

  /** Opens a session, or waits for the one that is being opened; fails with the first attempt. */
  CompletableFuture<LiveSession> open() {
    CompletableFuture<LiveSession> opened = new CompletableFuture<>();
    lock.lock();
    try {
      openers.add(opened);
    } finally {
      lock.unlock();
    }
    Effects effects = Effects.here();
    open(effects);
    effects.run();
    return opened;
  }

  private void open(Effects effects) {
    lock.lock();
    try {
      if (closed) {
        fail(openers, engine.closedFailure(), effects);
        return;
      }
      if (opening != null || alreadyOpen(effects)) {
        return;
      }
      // Somebody new asks: that ends the pause between attempts.
      if (nextAttempt != null) {
        nextAttempt.cancel();
      }
      attempt(effects);
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock: whether there is a session by now, and whoever waits for one is told. */
  private boolean alreadyOpen(Effects effects) {
    LiveSession session = current();
    if (session == null) {
      return false;
    }
    List<CompletableFuture<LiveSession>> told = List.copyOf(openers);
    openers.clear();
    effects.add(
        () -> {
          told.forEach(opener -> opener.complete(session));
          eachQueue(queue -> queue.sessionReady(effects));
        });
    return true;
  }

  /** Under the lock. */
  private static void fail(
      List<CompletableFuture<LiveSession>> openers, Throwable failure, Effects effects) {
    List<CompletableFuture<LiveSession>> told = List.copyOf(openers);
    openers.clear();
    effects.add(() -> told.forEach(opener -> opener.completeExceptionally(failure)));
  }

  /** Under the lock. An attempt whose outcome is unknown is followed by one under a new id. */
  private void attempt(Effects effects) {
    nextAttempt = null;
    LiveSession session = new LiveSession(port.surroundings(), settings);
    opening = session;
    Bearers now = bearers;
    effects.add(
        () -> {
          LiveSession.Sent sent = session.now();
          Call.send(
              port,
              "open",
              effects,
              new Call.Outcome<StoreSession>() {
                @Override
                public void answered(StoreSession opened, Effects then) {
                  opened(session, opened, sent, then);
                }

                @Override
                public void failed(StoreException failure, Effects then) {
                  openFailed(session, failure, then);
                }
              },
              reply ->
                  port.store()
                      .open(
                          new SessionRequest(
                              session.secret, settings.ttl(), settings.owner(), now, shard),
                          new SessionHints(engine, this, session),
                          reply));
        });
  }

  private void opened(
      LiveSession session, StoreSession store, LiveSession.Sent sent, Effects effects) {
    Heartbeat heartbeat = new Heartbeat(this, engine, session);
    lock.lock();
    try {
      if (opening != session || closed) {
        session.end();
        endInStore(store, opening == session ? endedAfterOpening : null, effects);
        return;
      }
      session.opened(store, sent);
      if (session.over()) {
        endInStore(store, null, effects);
        openFailed(session, tooSlow(), effects);
        return;
      }
      opening = null;
      pauseNanos = FIRST_PAUSE_NANOS;
      live = session;
      heartbeats.put(session, heartbeat);
      alreadyOpen(effects);
    } finally {
      lock.unlock();
    }
    heartbeat.start();
    log.debug("{} is open in {}", session, place());
  }

  private StoreException tooSlow() {
    return new StoreException(
        StoreException.Kind.UNKNOWN,
        "the store " + place() + " took longer to open a session than ttl − margin allows");
  }

  private void openFailed(LiveSession session, StoreException failure, Effects effects) {
    lock.lock();
    try {
      if (opening != session) {
        return;
      }
      opening = null;
      session.end();
      fail(openers, failure, effects);
      if (closed) {
        Futures.complete(endedAfterOpening, null);
        return;
      }
      nextAttempt = port.later(port.jittered(pauseNanos), this::attemptIfWanted);
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    } finally {
      lock.unlock();
    }
    log.debug("no session could be opened in {}", place(), failure);
    effects.add(() -> eachQueue(queue -> queue.sessionFailed(failure, effects)));
  }

  private void attemptIfWanted(Effects effects) {
    boolean wanted = engine.anyQueue(queue -> ours(queue) && queue.wantsSession());
    lock.lock();
    try {
      nextAttempt = null;
      boolean needed = wanted || !openers.isEmpty();
      if (closed || opening != null || !needed || alreadyOpen(effects)) {
        return;
      }
      attempt(effects);
    } finally {
      lock.unlock();
    }
  }

  // ---- doubts

  /** Somebody found the session unproved, or over, before its timers did. */
  void doubted(LiveSession session, Effects effects) {
    if (session.over()) {
      effects.add(() -> lose(session, LossCause.UNPROVED, effects));
    } else {
      effects.add(() -> doubtedByHolder(session));
    }
  }

  /** The same, from a holder that must not be delayed. */
  void doubtedByHolder(LiveSession session) {
    Heartbeat own = heartbeat(session);
    if (own != null) {
      own.extraBeat(0);
    }
  }

  /** Names the processes that bear the session, and beats at once so that the store knows. */
  CompletableFuture<Void> bearers(Bearers processes) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    LiveSession session;
    lock.lock();
    try {
      bearers = processes.newerThan(bearers);
      session = current();
      if (session == null && opening == null) {
        done.complete(null);
        return done;
      }
      if (session == null) {
        // It is being opened with the former ones: a beat follows at once.
        CompletableFuture<LiveSession> opened = new CompletableFuture<>();
        openers.add(opened);
        CompletableFuture<LiveSession> unused =
            opened.whenComplete(
                (open, failure) -> {
                  if (failure == null) {
                    beatNow(open, done);
                  } else {
                    done.complete(null);
                  }
                });
        return done;
      }
    } finally {
      lock.unlock();
    }
    beatNow(session, done);
    return done;
  }

  /** Without blocking: the beats of other shards follow. */
  private void beatNow(LiveSession session, CompletableFuture<Void> done) {
    Heartbeat own = heartbeat(session);
    if (own == null) {
      // Lost by now: the next one is opened with the new ones.
      done.complete(null);
      return;
    }
    Effects effects = Effects.withoutBlocking();
    own.beat(done, effects);
    effects.run();
  }

  // ---- loss

  /** The store says that the session has ended. */
  void endedByStore(LiveSession session, @Nullable String why, Effects effects) {
    log.debug("{} was ended by the store: {}", session, why);
    lose(session, LossCause.SESSION_ENDED, effects);
  }

  /**
   * Final: tells the holders, lets the waiters enter again, and ends the session in the store; one
   * that merely could not be proved only after the holders had the margin to stop.
   */
  void lose(LiveSession session, LossCause cause, Effects effects) {
    session.end();
    Heartbeat own;
    lock.lock();
    try {
      own = heartbeats.remove(session);
      if (live == session) {
        live = null;
      }
    } finally {
      lock.unlock();
    }
    if (own == null) {
      return;
    }
    own.stop();
    effects.add(() -> eachQueue(queue -> queue.sessionOver(session, cause, effects)));
    effects.add(
        () -> {
          if (cause == LossCause.UNPROVED) {
            lost.lost(session, effects);
          } else {
            endInStore(session.store(), null, effects);
          }
        });
    effects.add(() -> log.warn("{} in {} is lost: {}", session, place(), cause.explanation()));
  }

  private void endInStore(
      StoreSession store, @Nullable CompletableFuture<Void> told, Effects effects) {
    SessionEnding.end(port, store, told, effects);
  }

  /** The session ends by the client's own will; completes when the store knows, or has failed. */
  CompletableFuture<Void> close(Effects effects) {
    CompletableFuture<Void> liveEnded = new CompletableFuture<>();
    CompletableFuture<Void> lostEnded = lost.close(effects);
    closeLive(liveEnded, effects);
    return CompletableFuture.allOf(liveEnded, lostEnded);
  }

  private void closeLive(CompletableFuture<Void> ended, Effects effects) {
    LiveSession session;
    Heartbeat own;
    lock.lock();
    try {
      closed = true;
      session = live;
      live = null;
      if (nextAttempt != null) {
        nextAttempt.cancel();
      }
      fail(openers, engine.closedFailure(), effects);
      if (session == null) {
        if (opening == null) {
          ended.complete(null);
        } else {
          endedAfterOpening = ended;
        }
        return;
      }
      own = heartbeats.remove(session);
    } finally {
      lock.unlock();
    }
    if (own != null) {
      own.stop();
    }
    session.end();
    effects.add(() -> eachQueue(queue -> queue.sessionOver(session, LossCause.CLOSED, effects)));
    // Behind what the former effect adds: the holders are told before anybody else is granted.
    effects.add(
        () ->
            effects.add(
                () ->
                    entersInFlight.whenNone(
                        () -> {
                          Effects then = Effects.withoutBlocking();
                          endInStore(session.store(), ended, then);
                          then.run();
                        })));
  }
}
