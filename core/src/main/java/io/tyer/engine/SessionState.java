package io.tyer.engine;

import io.tyer.LossCause;
import io.tyer.engine.SessionEvent.Condition;
import io.tyer.spi.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's one session in a shard of the store, as (state, event, now) → (state, effects):
 * opened when first needed, kept alive by beats, and lost for good when it can no longer be proved.
 * Whoever waited then goes on under a new one. Reaches no lock, clock, store, log or thread.
 *
 * <pre>
 * none ─ needed → opening ─ answer → open ─ lost → its margin → ended
 *   └──── failed, after a pause ───┘    └── closed, or ended by the store → ended
 * </pre>
 */
final class SessionState {

  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;
  private static final long LONGEST_BEAT_RETRY_NANOS = 1_000_000_000L;

  private final long beatNanos;
  private final long marginNanos;
  private final Alarm attemptAlarm = new Alarm();
  private final Alarm beatAlarm = new Alarm();
  private final Alarm watchAlarm = new Alarm();
  private final List<SessionEffect> effects = new ArrayList<>();

  private int lives;

  /** Which life is being opened, which one is open; 0 for none. */
  private int opening;

  private int open;

  /** Lives that could not be proved, whose holders have the margin to stop. */
  private final Set<Integer> lost = new HashSet<>();

  /** Lives that are being ended in the store, and those of which the end was tried again. */
  private final Set<Integer> ending = new HashSet<>();

  private final Set<Integer> endedTwice = new HashSet<>();

  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean extraBeat;
  private long earliestExtraBeat;

  /** Whether the machine was found to have been suspended when this was last looked at. */
  private boolean suspended;

  private boolean closed;
  private @Nullable StoreException closeFailure;

  SessionState(EngineSettings settings) {
    this.beatNanos = settings.beat().toNanos();
    this.marginNanos = settings.margin().toNanos();
  }

  /** The life that names may enter with; 0 for none. */
  int open() {
    return open;
  }

  boolean opening() {
    return opening != 0;
  }

  /** Applies an event; what is answered is valid until the next one. */
  List<SessionEffect> on(SessionEvent event, long now) {
    effects.clear();
    if (event instanceof SessionEvent.Needed needed) {
      needed(needed.openIsOver(), now);
    } else if (event instanceof SessionEvent.AttemptDue due) {
      if (attemptAlarm.rings(due.stamp()) && due.wanted()) {
        needed(false, now);
      }
    } else if (event instanceof SessionEvent.Opened opened) {
      opened(opened.life(), opened.condition(), now);
    } else if (event instanceof SessionEvent.OpenedTooLate late) {
      end(late.life(), false);
      openFailed(late.life(), late.failure());
    } else if (event instanceof SessionEvent.OpenFailed failed) {
      emit(new SessionEffect.Forget(failed.life()));
      openFailed(failed.life(), failed.failure());
    } else if (event instanceof SessionEvent.BeatDue due) {
      if (beatAlarm.rings(due.stamp())) {
        beatLater();
        emit(new SessionEffect.Beat(due.life()));
      }
    } else if (event instanceof SessionEvent.ExtraBeatDue due) {
      if (due.life() == open) {
        extraBeat = false;
        emit(new SessionEffect.Beat(open));
      }
    } else if (event instanceof SessionEvent.BeatAnswered answered) {
      beatAnswered(answered);
    } else if (event instanceof SessionEvent.BeatFailed failed) {
      beatFailed(failed.life(), failed.failure(), now);
    } else if (event instanceof SessionEvent.WatchDue due) {
      if (watchAlarm.rings(due.stamp())) {
        watched(due.condition(), now);
      }
    } else if (event instanceof SessionEvent.Doubted doubted) {
      doubted(doubted.life(), doubted.over(), now);
    } else if (event instanceof SessionEvent.EndedByStore ended) {
      emit(new SessionEffect.LogTrouble(ended.life(), "was ended: " + ended.why(), null));
      lose(ended.life(), LossCause.SESSION_ENDED);
    } else if (event instanceof SessionEvent.MarginDue due) {
      if (lost.remove(due.life())) {
        end(due.life(), false);
      }
    } else if (event instanceof SessionEvent.EndAnswered answered) {
      endAnswered(answered.life(), answered.failure());
    } else if (event instanceof SessionEvent.Close) {
      close();
    }
    return effects;
  }

  private void emit(SessionEffect effect) {
    effects.add(effect);
  }

  // ---- opening

  private void needed(boolean openIsOver, long now) {
    if (closed) {
      emit(new SessionEffect.TellClosed());
      return;
    }
    if (openIsOver) {
      doubted(open, true, now);
    }
    if (open != 0) {
      emit(new SessionEffect.TellReady());
    } else if (opening == 0) {
      // Somebody new asks: that ends the pause between attempts.
      cancel(attemptAlarm);
      opening = ++lives;
      emit(new SessionEffect.Open(opening));
    }
  }

  private void opened(int life, Condition condition, long now) {
    if (opening != life || closed) {
      opening = opening == life ? 0 : opening;
      emit(new SessionEffect.Invalidate(life));
      end(life, false);
      return;
    }
    opening = 0;
    open = life;
    pauseNanos = FIRST_PAUSE_NANOS;
    extraBeat = false;
    earliestExtraBeat = now;
    suspended = false;
    emit(new SessionEffect.TellReady());
    beatLater();
    watchLater(condition);
    emit(new SessionEffect.LogOpen(life));
  }

  private void openFailed(int life, StoreException failure) {
    if (opening != life) {
      return;
    }
    opening = 0;
    emit(new SessionEffect.Invalidate(life));
    emit(new SessionEffect.TellFailed(failure));
    if (closed) {
      closedIfAllEnded();
      return;
    }
    emit(new SessionEffect.AttemptLater(attemptAlarm, attemptAlarm.set(), pauseNanos));
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    emit(new SessionEffect.LogTrouble(life, "could not be opened", failure));
  }

  // ---- beats

  private void beatLater() {
    emit(new SessionEffect.BeatLater(beatAlarm, beatAlarm.set(), open, beatNanos));
  }

  private void beatAnswered(SessionEvent.BeatAnswered answer) {
    if (!answer.inTime()) {
      lose(answer.life(), LossCause.UNPROVED);
    } else if (answer.attention() && answer.life() == open) {
      emit(new SessionEffect.TellChanged());
    }
  }

  private void beatFailed(int life, StoreException failure, long now) {
    if (failure.kind() == StoreException.Kind.SESSION_DEAD) {
      lose(life, LossCause.SESSION_ENDED);
    } else if (life == open) {
      emit(new SessionEffect.LogTrouble(life, "got no answer to a beat", failure));
      extraBeat(Math.min(beatNanos / 4, LONGEST_BEAT_RETRY_NANOS), now);
    }
  }

  /** A beat out of turn, at most one at a time, however often it is asked for. */
  private void extraBeat(long delayNanos, long now) {
    if (!extraBeat) {
      long least = earliestExtraBeat - now;
      extraBeat = true;
      earliestExtraBeat = now + Math.max(delayNanos, least) + Rules.UNPROVED_PAUSE_NANOS;
      emit(new SessionEffect.ExtraBeatLater(open, delayNanos, least));
    }
  }

  private void doubted(int life, boolean over, long now) {
    if (over) {
      lose(life, LossCause.UNPROVED);
    } else if (life == open) {
      extraBeat(0, now);
    }
  }

  // ---- the end of the proof

  private void watchLater(Condition condition) {
    // Not only at the deadline: after a suspension it may come sooner than the timer knows.
    long often = Math.max(1_000_000, marginNanos / 2);
    long pause = Math.min(often, Math.max(0, condition.remainingNanos()));
    emit(new SessionEffect.WatchLater(watchAlarm, watchAlarm.set(), open, pause));
  }

  private void watched(Condition condition, long now) {
    boolean unprovedByWall =
        condition.suspended() && suspended && condition.remainingByWallMillis() <= 0;
    if (condition.over() || unprovedByWall) {
      lose(open, LossCause.UNPROVED);
      return;
    }
    suspended = condition.suspended();
    watchLater(condition);
    if (suspended) {
      extraBeat(0, now);
    }
  }

  /**
   * Final: tells the holders, lets the waiters enter again, and ends the session in the store; one
   * that merely could not be proved only after the holders had the margin to stop.
   */
  private void lose(int life, LossCause cause) {
    if (life != open || open == 0) {
      return;
    }
    finish(cause);
    if (cause == LossCause.UNPROVED) {
      lost.add(life);
      emit(new SessionEffect.MarginLater(life, marginNanos));
    } else {
      end(life, false);
    }
    emit(new SessionEffect.LogLost(life, cause));
  }

  private void finish(LossCause cause) {
    int life = open;
    open = 0;
    cancel(beatAlarm);
    cancel(watchAlarm);
    emit(new SessionEffect.Invalidate(life));
    emit(new SessionEffect.TellOver(life, cause));
  }

  private void cancel(Alarm alarm) {
    if (alarm.cancel()) {
      emit(new SessionEffect.Cancel(alarm, alarm.stamp()));
    }
  }

  // ---- the end

  private void close() {
    closed = true;
    cancel(attemptAlarm);
    emit(new SessionEffect.TellClosed());
    // Whoever closes it has stopped.
    List<Integer> left = List.copyOf(lost);
    lost.clear();
    left.forEach(life -> end(life, false));
    if (open != 0) {
      int life = open;
      finish(LossCause.CLOSED);
      end(life, true);
    }
    closedIfAllEnded();
  }

  private void end(int life, boolean afterEnters) {
    ending.add(life);
    emit(new SessionEffect.End(life, afterEnters));
  }

  /**
   * What comes of it hardly matters: it dies of missing beats otherwise. Tried once more if the
   * store was not reached, since the connection of an idle client may be one to a server that was
   * restarted meanwhile.
   */
  private void endAnswered(int life, @Nullable StoreException failure) {
    boolean unreached = failure != null && failure.kind() == StoreException.Kind.UNREACHABLE;
    if (unreached && ending.contains(life) && endedTwice.add(life)) {
      end(life, false);
      return;
    }
    if (ending.remove(life)) {
      endedTwice.remove(life);
      if (failure != null) {
        closeFailure = failure;
        emit(new SessionEffect.LogTrouble(life, "will die of missing beats", failure));
      }
      emit(new SessionEffect.Forget(life));
      closedIfAllEnded();
    }
  }

  private void closedIfAllEnded() {
    if (closed && opening == 0 && ending.isEmpty()) {
      emit(new SessionEffect.Closed(closeFailure));
    }
  }
}
