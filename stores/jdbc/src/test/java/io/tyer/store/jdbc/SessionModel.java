package io.tyer.store.jdbc;

import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.BeatAnswer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When each session was heard of last. A death is decided when somebody meets it in his way, or
 * sweeps; until then a beat averts it.
 */
final class SessionModel {

  private static final class Life {
    private long heardAt;
    private boolean dead;
    private boolean called;

    Life(long heardAt) {
      this.heardAt = heardAt;
    }
  }

  private final long ttlSeconds;

  /** Without those that have no record any more: they are dead. */
  private final Map<SessionId, Life> lives = new HashMap<>();

  private long now;
  private int deaths;

  SessionModel(long ttlSeconds) {
    this.ttlSeconds = ttlSeconds;
  }

  void passSeconds(long seconds) {
    now += seconds;
  }

  /** How many were decided. */
  int deaths() {
    return deaths;
  }

  /** Those that have a record. */
  Set<SessionId> ids() {
    return new HashSet<>(lives.keySet());
  }

  void open(SessionId id) {
    lives.put(id, new Life(now));
  }

  /** Empty if the session is dead. */
  Optional<BeatAnswer> beat(SessionId id) {
    Life life = lives.get(id);
    if (life == null || life.dead) {
      return Optional.empty();
    }
    life.heardAt = now;
    boolean called = life.called;
    life.called = false;
    return Optional.of(new BeatAnswer(called));
  }

  /** Something was done to its tickets of which it was not told. */
  void call(SessionId id) {
    Life life = lives.get(id);
    if (life != null && !life.dead) {
      life.called = true;
    }
  }

  /** For how long it was not heard of. */
  long silentSeconds(SessionId id) {
    Life life = lives.get(id);
    return life == null ? 0 : now - life.heardAt;
  }

  /** Answers whether it was alive. */
  boolean end(SessionId id) {
    Life life = lives.remove(id);
    return life != null && !life.dead;
  }

  /** Its record is removed. */
  void forget(SessionId id) {
    lives.remove(id);
  }

  /** Whether its death was decided, or it has no record. */
  boolean isOver(SessionId id) {
    Life life = lives.get(id);
    return life == null || life.dead;
  }

  /** Whether nobody could find it dead. */
  boolean isHeardOf(SessionId id) {
    return !isOver(id) && silentSeconds(id) <= ttlSeconds;
  }

  /** Whether it is dead; decides it if it is time. */
  boolean isDead(SessionId id) {
    Life life = lives.get(id);
    if (life != null && !life.dead && now - life.heardAt > ttlSeconds) {
      life.dead = true;
      deaths++;
    }
    return isOver(id);
  }

  /** Those of the tickets' sessions that are dead; the one that asks is not. */
  Set<SessionId> deadAmong(Collection<Ticket> tickets, SessionId self) {
    Set<SessionId> dead = new HashSet<>();
    for (Ticket ticket : tickets) {
      if (!ticket.session().equals(self) && isDead(ticket.session())) {
        dead.add(ticket.session());
      }
    }
    return dead;
  }
}
