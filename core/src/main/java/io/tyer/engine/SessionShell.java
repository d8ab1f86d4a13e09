package io.tyer.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tyer.TyerClosedException;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Moment;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreSession;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Around {@link SessionState}: its lock, and what performs its effects in order once that is free.
 * What is proved of the session is known without the lock, by {@link LiveSession}.
 */
final class SessionShell implements Chain.Performer<SessionEffect> {

  private static final Logger log = LoggerFactory.getLogger(SessionShell.class);

  private final StorePort port;
  private final EngineSettings settings;
  private final int shard;
  private final SessionNews news;
  private final EntersInFlight entersInFlight = new EntersInFlight();
  private final Map<Integer, LiveSession> lives = new ConcurrentHashMap<>();
  private final Queue<CompletableFuture<LiveSession>> openers = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final SessionState state;

  private volatile @Nullable LiveSession live;
  private volatile Bearers bearers = Bearers.self();

  SessionShell(StorePort port, EngineSettings settings, int shard, SessionNews news) {
    this.port = port;
    this.settings = settings;
    this.shard = shard;
    this.news = news;
    this.state = new SessionState(settings);
  }

  // ---- what names ask

  /** The session at this moment of the monotonic clock. */
  SessionNow at(long now) {
    LiveSession session = live;
    return session == null ? SessionNow.NONE : session.at(now);
  }

  EntersInFlight entersInFlight() {
    return entersInFlight;
  }

  /** There must be a session: whoever waits for one is told when there is, or is none. */
  void need(Chain chain) {
    LiveSession session = live;
    on(new SessionEvent.Needed(session != null && session.over()), chain);
  }

  void doubt(OpenSession of, Chain chain) {
    LiveSession session = (LiveSession) of;
    on(new SessionEvent.Doubted(session.life(), session.over()), chain);
  }

  void endedByStore(OpenSession of, String why, Chain chain) {
    on(new SessionEvent.EndedByStore(((LiveSession) of).life(), why), chain);
  }

  // ---- what the client asks

  /** Opens a session, or waits for the one that is being opened; fails with the first attempt. */
  CompletableFuture<LiveSession> open() {
    CompletableFuture<LiveSession> opened = new CompletableFuture<>();
    openers.add(opened);
    Chain chain = Chain.here();
    need(chain);
    chain.run();
    return opened;
  }

  /** Names the processes that bear the session, and beats at once so that the store knows. */
  CompletableFuture<Void> bearers(Bearers processes) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    LiveSession session;
    lock.lock();
    try {
      bearers = processes.newerThan(bearers);
      session = live;
      if (session == null && state.opening()) {
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
    if (session == null || session.over()) {
      // The next one is opened with the new ones.
      done.complete(null);
    } else {
      beatNow(session, done);
    }
    return done;
  }

  /** Without blocking: the beats of other shards follow. */
  private void beatNow(LiveSession session, CompletableFuture<Void> done) {
    Chain chain = Chain.withoutBlocking();
    chain.add(() -> beat(session, done, chain));
    chain.run();
  }

  /** The session ends by the client's own will; completes when the store knows, or has failed. */
  CompletableFuture<Void> close(Chain chain) {
    on(new SessionEvent.Close(), chain);
    return ended;
  }

  // ---- events and effects

  private void on(SessionEvent event, Chain chain) {
    lock.lock();
    try {
      for (SessionEffect effect : state.on(event, port.now())) {
        chain.add(this, effect);
      }
      int open = state.open();
      live = open == 0 ? null : lives.get(open);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void perform(SessionEffect effect, Chain chain) {
    if (effect instanceof SessionEffect.Open open) {
      open(open.life(), chain);
    } else if (effect instanceof SessionEffect.Beat beat) {
      beat(life(beat.life()), null, chain);
    } else if (effect instanceof SessionEffect.Invalidate invalidate) {
      life(invalidate.life()).end();
    } else if (effect instanceof SessionEffect.End end) {
      // Behind what was added to tell the names: holders hear before anybody else is granted.
      LiveSession session = life(end.life());
      chain.add(() -> end(session, end.afterEnters()));
    } else if (effect instanceof SessionEffect.Forget forget) {
      chain.add(() -> lives.remove(forget.life()));
    } else if (effect instanceof SessionEffect.TellReady) {
      LiveSession session = live;
      if (session != null) {
        tellOpeners(opener -> opener.complete(session));
      }
      news.toAll(new Event.SessionReady(), chain);
    } else if (effect instanceof SessionEffect.TellFailed failed) {
      tellOpeners(opener -> opener.completeExceptionally(failed.failure()));
      news.toAll(new Event.SessionFailed(failed.failure()), chain);
    } else if (effect instanceof SessionEffect.TellOver over) {
      news.toAll(new Event.SessionOver(life(over.life()), over.cause()), chain);
    } else if (effect instanceof SessionEffect.TellChanged) {
      news.toAll(new Event.Changed(), chain);
    } else if (effect instanceof SessionEffect.TellClosed) {
      TyerClosedException failure = Failures.closed(port.description());
      tellOpeners(opener -> opener.completeExceptionally(failure));
      news.toAll(new Event.ClientClosed(), chain);
    } else if (effect instanceof SessionEffect.Closed closed) {
      Futures.complete(ended, closed.failure());
    } else {
      performTimer(effect);
      log(effect);
    }
  }

  private void performTimer(SessionEffect effect) {
    if (effect instanceof SessionEffect.AttemptLater later) {
      int stamp = later.stamp();
      long nanos = port.jittered(later.nanos());
      later
          .alarm()
          .arm(
              stamp,
              port.later(
                  nanos,
                  chain -> {
                    boolean wanted = news.wantSession() || !openers.isEmpty();
                    on(new SessionEvent.AttemptDue(stamp, wanted), chain);
                  }));
    } else if (effect instanceof SessionEffect.BeatLater later) {
      SessionEvent due = new SessionEvent.BeatDue(later.stamp(), later.life());
      later.alarm().arm(later.stamp(), port.later(later.nanos(), chain -> on(due, chain)));
    } else if (effect instanceof SessionEffect.WatchLater later) {
      LiveSession session = life(later.life());
      later
          .alarm()
          .arm(
              later.stamp(),
              port.later(
                  later.nanos(),
                  chain ->
                      on(
                          new SessionEvent.WatchDue(
                              later.stamp(), later.life(), session.condition()),
                          chain)));
    } else if (effect instanceof SessionEffect.Cancel cancel) {
      cancel.alarm().arm(cancel.stamp(), null);
    } else if (effect instanceof SessionEffect.ExtraBeatLater later) {
      long pause = Math.max(port.jittered(later.nanos()), later.leastNanos());
      port.later(pause, chain -> on(new SessionEvent.ExtraBeatDue(later.life()), chain));
    } else if (effect instanceof SessionEffect.MarginLater later) {
      port.later(later.nanos(), chain -> on(new SessionEvent.MarginDue(later.life()), chain));
    }
  }

  private void log(SessionEffect effect) {
    if (effect instanceof SessionEffect.LogOpen open) {
      log.debug("session {} is open in {}", open.life(), place());
    } else if (effect instanceof SessionEffect.LogLost lost) {
      log.warn("{} in {} is lost: {}", life(lost.life()), place(), lost.cause().explanation());
    } else if (effect instanceof SessionEffect.LogTrouble trouble) {
      log.debug("session {} in {} {}", trouble.life(), place(), trouble.what(), trouble.failure());
    }
  }

  private LiveSession life(int life) {
    return Objects.requireNonNull(lives.get(life), "a life that is over");
  }

  /** For messages: the store, and which of its shards if there are several. */
  private String place() {
    String store = port.description();
    return port.store().shards() == 1 ? store : store + ", shard " + shard;
  }

  private void tellOpeners(Consumer<CompletableFuture<LiveSession>> how) {
    for (CompletableFuture<LiveSession> opener = openers.poll();
        opener != null;
        opener = openers.poll()) {
      how.accept(opener);
    }
  }

  // ---- requests

  private void open(int life, Chain chain) {
    LiveSession session = new LiveSession(port.surroundings(), settings, life);
    lives.put(life, session);
    LiveSession.Sent sent = session.now();
    Call<StoreSession> call =
        new Call<>(port, "open", chain) {
          @Override
          void answered(StoreSession store, Chain then) {
            lives.put(life, session);
            session.opened(store, sent);
            on(
                session.over()
                    ? new SessionEvent.OpenedTooLate(life, tooSlow())
                    : new SessionEvent.Opened(life, session.condition()),
                then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            on(new SessionEvent.OpenFailed(life, failure), then);
          }
        };
    SessionRequest request =
        new SessionRequest(session.secret, settings.ttl(), settings.owner(), bearers, shard);
    call.send(
        () ->
            port.store().open(request, new SessionHints(session, news, this::endedByStore), call));
  }

  private StoreException tooSlow() {
    return new StoreException(
        StoreException.Kind.UNKNOWN,
        "the store " + place() + " took longer to open a session than ttl − margin allows");
  }

  /**
   * Beats.
   *
   * @param done told the outcome, if anybody waits for it
   */
  private void beat(LiveSession session, @Nullable CompletableFuture<Void> done, Chain chain) {
    LiveSession.Sent beaten = session.now();
    Call<BeatAnswer> call =
        new Call<>(port, "beat", chain) {
          @Override
          void answered(BeatAnswer answer, Chain then) {
            Moment proved = answer.provedSince();
            LiveSession.Sent sent = proved == null ? beaten : beaten.noLaterThan(proved);
            boolean inTime = session.acknowledged(sent);
            on(new SessionEvent.BeatAnswered(session.life(), inTime, answer.attention()), then);
            Futures.complete(done, null);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            on(new SessionEvent.BeatFailed(session.life(), failure), then);
            Futures.complete(done, failure);
          }
        };
    call.send(() -> session.store().beat(bearers, call));
  }

  private void end(LiveSession session, boolean afterEnters) {
    Runnable request =
        () -> {
          // Elsewhere if the store blocks: one shard must not delay what is ended in the others.
          Chain apart = Chain.withoutBlocking();
          apart.add(() -> end(session, apart));
          apart.run();
        };
    if (afterEnters) {
      entersInFlight.whenNone(request);
    } else {
      request.run();
    }
  }

  private void end(LiveSession session, Chain chain) {
    Call<Boolean> call =
        new Call<>(port, "end", chain) {
          @Override
          void answered(Boolean known, Chain then) {
            on(new SessionEvent.EndAnswered(session.life(), null), then);
          }

          @Override
          void failedWith(StoreException failure, Chain then) {
            on(new SessionEvent.EndAnswered(session.life(), failure), then);
          }
        };
    call.send(() -> session.store().end(call));
  }
}
