package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import io.tyer.spi.Surroundings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what dead sessions left (L3): their tickets, their records, their hints.
 *
 * <p>Driven by the beats of this store's sessions, about once per TTL, on a thread of its own. The
 * clients of a store take turns by a shared record: who finds that somebody swept within most of a
 * TTL, leaves it at that, so that N clients cost one sweep and not N.
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int LONGEST_END_MILLIS = 1000;

  private static final RecordKey TURN = new RecordKey(RecordKey.Kind.SHARED, "sweep");

  private final RecordMedium medium;
  private final Surroundings surroundings;
  private final Requests requests;
  private final Records records;
  private final SessionRecords sessions;
  private final Buckets buckets;
  private final Obituaries obituaries;
  private final Waking waking;

  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean begun;
  private volatile long nextNanos;

  Sweep(
      RecordMedium medium,
      Surroundings surroundings,
      Requests requests,
      Records records,
      SessionRecords sessions,
      Buckets buckets,
      Obituaries obituaries,
      Waking waking) {
    this.medium = medium;
    this.surroundings = surroundings;
    this.requests = requests;
    this.records = records;
    this.sessions = sessions;
    this.buckets = buckets;
    this.obituaries = obituaries;
    this.waking = waking;
  }

  /** Begins to sweep if it is time; called after a beat, which it does not delay. */
  void maybeBegin(SessionId self, long ttlMillis) {
    long now = surroundings.nanoTime();
    if (!begun) {
      // The first one soon: the clients before this one may have died together.
      begun = true;
      nextNanos = now;
    }
    if (now - nextNanos < 0 || requests.closed() || !running.compareAndSet(false, true)) {
      return;
    }
    long ttlNanos = Duration.ofMillis(ttlMillis).toNanos();
    nextNanos = now + ttlNanos * 3 / 4 + Math.floorMod(surroundings.nextLong(), ttlNanos / 2);
    try {
      surroundings.io().execute(() -> run(self, ttlNanos));
    } catch (RejectedExecutionException e) {
      running.set(false);
    }
  }

  /** Waits for a sweep that is under way, bounded: whoever took its turn should finish it. */
  void awaitEnd() {
    for (int i = 0; running.get() && i < LONGEST_END_MILLIS; i++) {
      LockSupport.parkNanos(this, 1_000_000);
    }
  }

  private void run(SessionId self, long ttlNanos) {
    try {
      if (claim(ttlNanos)) {
        sweep(self);
      }
    } catch (StoreException | RuntimeException e) {
      if (!requests.closed()) {
        LOG.warn("{} is swept later: {}", medium.description(), e.toString());
      }
    } finally {
      running.set(false);
    }
  }

  /** Whether it is this client's turn: nobody has claimed it within half a TTL. */
  private boolean claim(long ttlNanos) throws StoreException {
    Versioned<Long> last = records.read(TURN, FORM);
    if (last != null && isYoung(last, ttlNanos / 2)) {
      return false;
    }
    return records
        .<Long, Boolean>update(TURN, FORM, last, now -> claim(last, now), requests.deadline())
        .answer();
  }

  private boolean isYoung(Versioned<Long> turn, long nanos) throws StoreException {
    Duration age = medium.age(TURN, turn.stamped());
    // A turn of the future is one of before the store's clock was set back: it counts for nothing.
    return age == null || (!age.isNegative() && age.compareTo(Duration.ofNanos(nanos)) < 0);
  }

  private static Change.Next<Long, Boolean> claim(
      @Nullable Versioned<Long> last, @Nullable Versioned<Long> now) {
    if (now == null) {
      return Change.Next.write(1L, true);
    }
    return last != null && now.stamped().same(last.stamped())
        ? Change.Next.write(now.state() + 1, true)
        : Change.Next.keep(false);
  }

  /** Sweeps: marks the dead, drops their tickets, and only then removes their records. */
  void sweep(SessionId self) throws StoreException {
    Set<SessionId> living = new HashSet<>();
    Set<SessionId> dead = new HashSet<>();
    living.add(self);
    for (SessionId id : sessions.list()) {
      if (!living.contains(id)) {
        (isDead(id) ? dead : living).add(id);
      }
    }
    for (Map.Entry<RecordKey, Stamped> lines : medium.readAll(RecordKey.Kind.LINES).entrySet()) {
      dropDead(lines.getKey(), lines.getValue(), living, dead);
    }
    for (SessionId id : dead) {
      sessions.remove(id);
      waking.buried(id);
    }
    medium.sweepLines();
    // Drawn up again: sweeping may have taken long, and others have opened meanwhile.
    medium.sweepHints(sessions.list());
  }

  private boolean isDead(SessionId id) throws StoreException {
    try {
      return obituaries.isDead(id, requests.deadline());
    } catch (StoreException e) {
      if (e.kind() != Kind.REFUSED) {
        throw e;
      }
      LOG.warn("a session is taken for alive, since its record is refused: {}", e.getMessage());
      return false;
    }
  }

  private void dropDead(RecordKey key, Stamped version, Set<SessionId> living, Set<SessionId> dead)
      throws StoreException {
    Bucket bucket;
    try {
      bucket = buckets.read(key, version);
    } catch (StoreException e) {
      if (e.kind() != Kind.REFUSED) {
        throw e;
      }
      LOG.warn("a record is left out of the sweep: {}", e.getMessage());
      return;
    }
    List<LockName> names = new ArrayList<>();
    for (StoredLine stored : bucket.lines()) {
      if (hasDead(key, stored, living, dead)) {
        names.add(stored.name());
      }
    }
    if (!names.isEmpty()) {
      DropTickets drop = new DropTickets(names, dead::contains, surroundings);
      waking.granted(buckets.change(key, drop, requests.deadline()).wakes());
    }
  }

  /** Whether the line has tickets of dead sessions. Sessions not met before are judged. */
  private boolean hasDead(
      RecordKey key, StoredLine stored, Set<SessionId> living, Set<SessionId> dead)
      throws StoreException {
    List<Ticket> tickets;
    try {
      tickets = stored.line().tickets();
    } catch (MalformedRecordException e) {
      LOG.warn("a line is left out of the sweep", e.refused(key, medium.description()));
      return false;
    }
    boolean found = false;
    for (Ticket ticket : tickets) {
      SessionId id = ticket.session();
      if (!living.contains(id) && !dead.contains(id)) {
        (isDead(id) ? dead : living).add(id);
      }
      found |= dead.contains(id);
    }
    return found;
  }

  static final Form<Long> FORM =
      new Form<>() {
        @Override
        public Long decode(RecordKey key, Stamped version) throws MalformedRecordException {
          ByteBuffer in = RecordHead.SWEEP.check(version.content());
          if (in.remaining() != Long.BYTES) {
            throw MalformedRecordException.malformed("its length");
          }
          return in.getLong();
        }

        @Override
        public byte[] encode(Long count) {
          ByteBuffer out = ByteBuffer.allocate(RecordHead.LENGTH + Long.BYTES);
          RecordHead.SWEEP.put(out);
          return out.putLong(count).array();
        }
      };
}
