package io.tyer.engine;

import io.tyer.line.SessionId;
import io.tyer.spi.Moment;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.StoreSession;
import io.tyer.spi.Surroundings;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One session, from its opening to its end. Once {@link #over()} it never comes back (promise S1:
 * loss is final).
 */
final class LiveSession implements OpenSession {

  /** What the last acknowledged beat proved; compared by identity. */
  private static final class Proof {
    /** Leases are valid before this. */
    final long untilNanos;

    /** By how much the wall clock was ahead of the monotonic one when the beat was sent. */
    final long wallAheadMillis;

    Proof(long untilNanos, long wallAheadMillis) {
      this.untilNanos = untilNanos;
      this.wallAheadMillis = wallAheadMillis;
    }
  }

  private static final Proof UNOPENED = new Proof(0, 0);
  private static final Proof OVER = new Proof(0, 0);

  /** A request's time, taken just before it was sent. */
  record Sent(long nanos, long wallAheadMillis) {

    static Sent at(Moment moment) {
      return new Sent(moment.nanos(), moment.wallMillis() - moment.nanos() / 1_000_000);
    }

    /** The moment, unless this is earlier. */
    Sent noLaterThan(Moment moment) {
      return moment.nanos() - nanos > 0 ? this : at(moment);
    }
  }

  final SessionSecret secret;
  private final int life;
  private final Surroundings surroundings;
  private final long lifeNanos;
  private final long suspensionMillis;
  private final long requestPrefix;
  private final SessionNow provedNow = new SessionNow(this, true);
  private final SessionNow unprovedNow = new SessionNow(this, false);
  private volatile @Nullable StoreSession store;
  private volatile boolean leavesAndEnters;
  private final AtomicReference<Proof> proof = new AtomicReference<>(UNOPENED);

  LiveSession(Surroundings surroundings, EngineSettings settings, int life) {
    this.life = life;
    this.secret = SessionSecret.random(surroundings);
    this.surroundings = surroundings;
    this.lifeNanos = settings.ttl().minus(settings.margin()).toNanos();
    this.suspensionMillis = Math.max(1, settings.margin().toMillis() / 2);
    this.requestPrefix = surroundings.nextLong();
  }

  /** Which one of the client's sessions in its shard it is. */
  int life() {
    return life;
  }

  @Override
  public SessionId id() {
    return secret.publicId();
  }

  @Override
  public long requestPrefix() {
    return requestPrefix;
  }

  @Override
  public boolean leavesAndEnters() {
    return leavesAndEnters;
  }

  Sent now() {
    return Sent.at(Moment.now(surroundings));
  }

  private long wallAhead() {
    return surroundings.wallMillis() - surroundings.nanoTime() / 1_000_000;
  }

  void opened(StoreSession session, Sent sent) {
    store = session;
    leavesAndEnters = session.leavesAndEnters();
    proof.compareAndSet(UNOPENED, new Proof(sent.nanos + lifeNanos, sent.wallAheadMillis));
  }

  /**
   * A beat sent at that time was acknowledged; later ones may have been acknowledged before. Comes
   * to nothing when the proof has run out meanwhile: what was once not valid never is again.
   *
   * @return whether the session is still alive
   */
  boolean acknowledged(Sent sent) {
    Proof next = new Proof(sent.nanos + lifeNanos, sent.wallAheadMillis);
    while (true) {
      Proof known = lasting();
      if (known == OVER) {
        return false;
      }
      if (next.untilNanos - known.untilNanos <= 0 || proof.compareAndSet(known, next)) {
        return true;
      }
    }
  }

  /** The proof, or OVER, for good, once it has run out. */
  private Proof lasting() {
    return lastingAt(surroundings.nanoTime());
  }

  private Proof lastingAt(long now) {
    while (true) {
      Proof known = Objects.requireNonNull(proof.get());
      if (known == OVER || known == UNOPENED) {
        return known;
      }
      if (known.untilNanos - now > 0) {
        return known;
      }
      if (proof.compareAndSet(known, OVER)) {
        return OVER;
      }
    }
  }

  StoreSession store() {
    StoreSession session = store;
    if (session == null) {
      throw new IllegalStateException("the session is not open yet");
    }
    return session;
  }

  /** Whether the store certainly has not begun to forget this session. */
  boolean proved() {
    return at(surroundings.nanoTime()).proved();
  }

  /** How it stands at this moment of the monotonic clock. */
  SessionNow at(long now) {
    Proof known = lastingAt(now);
    if (known == OVER || known == UNOPENED) {
      return SessionNow.NONE;
    }
    long ahead = surroundings.wallMillis() - now / 1_000_000;
    // A pause between the two clocks' readings looks like a suspension: they are read again then.
    boolean proved = ahead - known.wallAheadMillis <= suspensionMillis || !suspendedSince(known);
    return proved ? provedNow : unprovedNow;
  }

  SessionEvent.Condition condition() {
    return new SessionEvent.Condition(
        over(), remainingNanos(), suspended(), remainingByWallMillis());
  }

  /**
   * Monotonic time may stand still while the machine is suspended; wall time does not. When it has
   * run ahead, the proof does not count until a beat sent after that is acknowledged.
   */
  boolean suspended() {
    Proof known = lasting();
    return known != OVER && known != UNOPENED && suspendedSince(known);
  }

  private boolean suspendedSince(Proof known) {
    return wallAhead() - known.wallAheadMillis > suspensionMillis;
  }

  /** How long the proof lasts by the monotonic clock; zero when it is over. */
  long remainingNanos() {
    Proof known = lasting();
    return known == OVER || known == UNOPENED ? 0 : known.untilNanos - surroundings.nanoTime();
  }

  /** How long the proof lasts by the wall clock, which goes on while the machine is suspended. */
  long remainingByWallMillis() {
    Proof known = lasting();
    long ahead = wallAhead() - known.wallAheadMillis;
    return remainingNanos() / 1_000_000 - ahead;
  }

  /** Whether it has run out or was ended: final. */
  boolean over() {
    return lasting() == OVER;
  }

  /** Ends it, whatever was proved. */
  void end() {
    proof.set(OVER);
  }

  @Override
  public String toString() {
    return secret.toString();
  }
}
