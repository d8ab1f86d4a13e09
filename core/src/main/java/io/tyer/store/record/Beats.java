package io.tyer.store.record;

import io.tyer.line.SessionId;
import io.tyer.spi.Bearers;
import io.tyer.spi.BeatAnswer;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the beats of a session of this process.
 *
 * <p>A beat is written upon the record as it was written last; if somebody has written meanwhile,
 * the record is read and the beat tried again. Only three things are ever written by others: the
 * death mark, which makes a beat fail; its removal, likewise; and calls for attention, which are
 * counted, kept by every beat, and answered once they exceed those that were answered before: none
 * is lost, however the two race.
 */
final class Beats {

  private final StoreParts parts;
  private final SessionId id;

  /** The calls for attention that the engine was told of. */
  private final AtomicLong callsTold = new AtomicLong();

  /** The newest that a beat came with; one that was overtaken must not bring back older ones. */
  private final AtomicReference<Bearers> bearers = new AtomicReference<>(Bearers.none());

  /** The session's record as this process has written it last; a guess. */
  private volatile Versioned<SessionState> written;

  Beats(StoreParts parts, SessionId id, Versioned<SessionState> written) {
    this.parts = parts;
    this.id = id;
    this.written = written;
  }

  /** Beats; fails as SESSION_DEAD if the session's death was decided. */
  BeatAnswer beat(Bearers given, Deadline deadline) throws StoreException {
    bearers.updateAndGet(known -> Bearers.newest(given, known));
    Change.Settled<SessionState, Long> beaten =
        parts.sessions().update(id, written, this::beaten, deadline);
    Versioned<SessionState> record = beaten.record();
    if (record != null) {
      written = record;
    }
    long calls = beaten.answer();
    return calls > callsTold.getAndAccumulate(calls, Math::max)
        ? new BeatAnswer(true)
        : BeatAnswer.ALIVE;
  }

  private Change.Next<SessionState, Long> beaten(@Nullable Versioned<SessionState> found)
      throws StoreException {
    if (found == null || found.state().dead()) {
      throw dead();
    }
    // Times from before the write: others never count the TTL from later than it was written.
    SessionState next =
        found
            .state()
            .beat(
                parts.processes().bearers(Objects.requireNonNull(bearers.get())),
                parts.surroundings().nanoTime(),
                parts.surroundings().wallMillis());
    return Change.Next.write(next, next.calls());
  }

  /** What every request of a session that is over answers. */
  StoreException dead() {
    return new StoreException(
        Kind.SESSION_DEAD, "session " + id + " is over in " + parts.medium().description());
  }
}
