package io.tyer.store.record;

import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether sessions are dead. A session without a record is dead; one with a record dies by
 * being marked, by compare-and-set on the very version that was judged: a beat that comes first
 * makes that fail, and a beat that comes later finds the mark. So death is decided once, and is
 * final.
 *
 * <p>A beat is judged, in this order,
 *
 * <ol>
 *   <li>by its processes: dead if all of them are proved gone;
 *   <li>by the clock it was timed with, where this process reads the same one;
 *   <li>by this process's own clock, counted from when the beat was first seen;
 *   <li>by the store's clock, so that clients which do not live long enough to wait for a TTL see
 *       death too. It is asked once for each beat, and only if wall clocks suggest that the beat is
 *       old, or do not agree: they decide nothing.
 * </ol>
 *
 * <p>Each of these takes a moment at which the beat was certainly written already, and none calls a
 * beat old before its TTL has passed since that moment.
 */
final class Obituaries {

  private static final Logger LOG = LoggerFactory.getLogger(Obituaries.class);

  /** An age beyond which it makes no difference, and which nanoseconds can express. */
  private static final Duration LONG_AGO = Duration.ofDays(365);

  private final RecordMedium medium;
  private final SessionRecords sessions;
  private final Processes processes;
  private final Surroundings surroundings;
  private final Observations observations = new Observations();

  Obituaries(
      RecordMedium medium,
      SessionRecords sessions,
      Processes processes,
      Surroundings surroundings) {
    this.medium = medium;
    this.sessions = sessions;
    this.processes = processes;
    this.surroundings = surroundings;
  }

  /** Whether the session is dead; decides it if it is time. */
  boolean isDead(SessionId id, Deadline deadline) throws StoreException {
    return isDead(id, sessions.read(id), deadline);
  }

  private boolean isDead(SessionId id, @Nullable Versioned<SessionState> found, Deadline deadline)
      throws StoreException {
    Verdict verdict = found == null ? Verdict.DEAD : judge(id, found);
    if (verdict.dead && !verdict.cause.isEmpty()) {
      verdict = sessions.update(id, found, now -> decide(id, now), deadline).answer();
    }
    if (verdict.dead) {
      observations.forget(id);
    }
    if (!verdict.cause.isEmpty() && found != null) {
      LOG.info("session {} of {} is dead: {}", id, found.state().owner(), verdict.cause);
    }
    return verdict.dead;
  }

  /** Those of the tickets' sessions that are dead; the one that asks is not. */
  Set<SessionId> deadAmong(Collection<Ticket> tickets, SessionId self, Deadline deadline)
      throws StoreException {
    Set<SessionId> asked = new HashSet<>();
    Set<SessionId> dead = new HashSet<>();
    for (Ticket ticket : tickets) {
      SessionId id = ticket.session();
      if (!id.equals(self) && asked.add(id) && isDead(id, deadline)) {
        dead.add(id);
      }
    }
    return dead;
  }

  /** Whether these sessions are dead, each by itself: read together. */
  Map<SessionId, Reading<Boolean>> areDead(Collection<SessionId> ids, Deadline deadline) {
    Map<SessionId, Reading<Boolean>> fates = new HashMap<>();
    try {
      Map<SessionId, Reading<Versioned<SessionState>>> found =
          ids.isEmpty() ? Map.of() : sessions.readEach(ids);
      for (SessionId id : ids) {
        fates.put(id, isDead(id, found.getOrDefault(id, Reading.of(null)), deadline));
      }
    } catch (StoreException e) {
      ids.forEach(id -> fates.put(id, Reading.failed(e)));
    }
    return fates;
  }

  private Reading<Boolean> isDead(
      SessionId id, Reading<Versioned<SessionState>> read, Deadline deadline) {
    try {
      return Reading.of(isDead(id, read.orThrow(), deadline));
    } catch (StoreException e) {
      return Reading.failed(e);
    }
  }

  private Change.Next<SessionState, Verdict> decide(
      SessionId id, @Nullable Versioned<SessionState> found) throws StoreException {
    Verdict verdict = found == null ? Verdict.DEAD : judge(id, found);
    return found == null || verdict.cause.isEmpty()
        ? Change.Next.keep(verdict)
        : Change.Next.write(found.state().died(), verdict);
  }

  private Verdict judge(SessionId id, Versioned<SessionState> found) throws StoreException {
    SessionState session = found.state();
    if (session.dead()) {
      return Verdict.DEAD;
    }
    if (processes.gone(session)) {
      return new Verdict(true, "its processes are gone");
    }
    long ttlNanos = Duration.ofMillis(session.ttlMillis()).toNanos();
    long now = surroundings.nanoTime();
    long sinceBeat = now - session.beatNanos();
    if (processes.sameClock(session) && sinceBeat >= 0) {
      return Verdict.byAge(sinceBeat, ttlNanos);
    }
    Observations.Seen seen = observations.see(id, session.beats(), now);
    if (now - seen.writtenBy() <= ttlNanos && !seen.timed() && isDoubtful(session)) {
      Duration age = medium.age(SessionRecords.key(id), found.stamped());
      if (age == null) {
        return Verdict.ALIVE; // Somebody has written meanwhile: next time there is news to judge.
      }
      // Taken after the answer: the beat is at least that old now.
      now = surroundings.nanoTime();
      seen = observations.time(id, session.beats(), now - nanosOf(age));
    }
    return Verdict.byAge(now - seen.writtenBy(), ttlNanos);
  }

  private boolean isDoubtful(SessionState session) {
    long apart = Math.abs(surroundings.wallMillis() - session.beatWallMillis());
    return apart > session.ttlMillis() / 2;
  }

  private static long nanosOf(Duration age) {
    Duration known = age.compareTo(LONG_AGO) > 0 ? LONG_AGO : age;
    return Math.max(0, known.toNanos());
  }

  /**
   * What is to be said of a session.
   *
   * @param cause why it is to die now; empty if it is alive, or was dead before
   */
  private record Verdict(boolean dead, String cause) {
    static final Verdict ALIVE = new Verdict(false, "");
    static final Verdict DEAD = new Verdict(true, "");

    static Verdict byAge(long beatNanos, long ttlNanos) {
      return beatNanos > ttlNanos
          ? new Verdict(true, "no beat for " + Duration.ofNanos(beatNanos).toMillis() + " ms")
          : ALIVE;
    }
  }
}
