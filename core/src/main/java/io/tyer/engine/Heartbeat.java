package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps one open session alive: its beats, and the watch over how long it is proved. */
final class Heartbeat {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final SessionKeeper keeper;
  private final Engine engine;
  private final StorePort port;
  private final EngineSettings settings;
  private final LiveSession session;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private boolean stopped;
  private @Nullable Cancellable beat;
  private @Nullable Cancellable deadline;
  private boolean extraBeat;
  private long earliestExtraBeat;

  /** Whether the machine was found to have been suspended when this was last looked at. */
  private boolean suspended;

  Heartbeat(SessionKeeper keeper, Engine engine, LiveSession session) {
    this.keeper = keeper;
    this.engine = engine;
    this.port = engine.port();
    this.settings = engine.settings();
    this.session = session;
    this.earliestExtraBeat = engine.now();
  }

  void start() {
    lock.lock();
    try {
      scheduleBeat();
      watchDeadline();
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopped = true;
      if (beat != null) {
        beat.cancel();
      }
      if (deadline != null) {
        deadline.cancel();
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- beats

  /** Under the lock. */
  private void scheduleBeat() {
    if (!stopped) {
      beat = port.later(settings.beat().toNanos(), this::beatIsDue);
    }
  }

  private void beatIsDue(Effects effects) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      scheduleBeat();
    } finally {
      lock.unlock();
    }
    beat(null, effects);
  }

  /**
   * Beats now.
   *
   * @param done told the outcome, if anybody waits for it
   */
  void beat(@Nullable CompletableFuture<Void> done, Effects effects) {
    effects.add(
        () -> {
          LiveSession.Sent sent = session.now();
          Call.send(
              port,
              "beat",
              effects,
              new Call.Outcome<BeatAnswer>() {
                @Override
                public void answered(BeatAnswer answer, Effects then) {
                  acknowledged(sent, answer, then);
                  Futures.complete(done, null);
                }

                @Override
                public void failed(StoreException failure, Effects then) {
                  beatFailed(failure, then);
                  Futures.complete(done, failure);
                }
              },
              reply -> session.store().beat(keeper.bearersNow(), reply));
        });
  }

  private void acknowledged(LiveSession.Sent beaten, BeatAnswer answer, Effects effects) {
    Moment proved = answer.provedSince();
    LiveSession.Sent sent = proved == null ? beaten : beaten.noLaterThan(proved);
    if (!session.acknowledged(sent)) {
      keeper.lose(session, LossCause.UNPROVED, effects);
    } else if (answer.attention()) {
      effects.add(() -> keeper.eachQueue(queue -> queue.hinted(effects)));
    }
  }

  private void beatFailed(StoreException failure, Effects effects) {
    if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
      keeper.lose(session, LossCause.SESSION_ENDED, effects);
      return;
    }
    log.debug("a beat of {} failed; trying again soon", session, failure);
    extraBeat(Math.min(settings.beat().toNanos() / 4, 1_000_000_000L));
  }

  /** A beat out of turn, at most one at a time, however often it is asked for. */
  void extraBeat(long delayNanos) {
    long pause;
    lock.lock();
    try {
      if (stopped || extraBeat) {
        return;
      }
      long now = engine.now();
      pause = Math.max(port.jittered(delayNanos), earliestExtraBeat - now);
      earliestExtraBeat = now + pause + Engine.UNPROVED_PAUSE_NANOS;
      extraBeat = true;
    } finally {
      lock.unlock();
    }
    port.later(
        pause,
        effects -> {
          lock.lock();
          try {
            extraBeat = false;
            if (stopped) {
              return;
            }
          } finally {
            lock.unlock();
          }
          beat(null, effects);
        });
  }

  // ---- the end of the proof

  /** Under the lock. */
  private void watchDeadline() {
    if (!stopped) {
      // Not only at the deadline: after a suspension it may come sooner than the timer knows.
      long often = Math.max(1_000_000, settings.margin().toNanos() / 2);
      long pause = Math.min(often, Math.max(0, session.remainingNanos()));
      deadline = port.later(pause, this::deadline);
    }
  }

  private void deadline(Effects effects) {
    if (session.over()) {
      keeper.lose(session, LossCause.UNPROVED, effects);
      return;
    }
    boolean suspendedNow = session.suspended();
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      if (!(suspendedNow && suspended && session.remainingByWallMillis() <= 0)) {
        suspended = suspendedNow;
        watchDeadline();
        if (suspendedNow) {
          effects.add(() -> extraBeat(0));
        }
        return;
      }
    } finally {
      lock.unlock();
    }
    keeper.lose(session, LossCause.UNPROVED, effects);
  }
}
