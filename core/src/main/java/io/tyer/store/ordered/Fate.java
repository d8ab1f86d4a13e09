package io.tyer.store.ordered;

import io.tyer.spi.Reply;
import io.tyer.spi.SessionEvents;
import io.tyer.spi.StoreException;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a session, by whoever ends it: its client, the medium, or missing beats. A
 * medium's client may keep a session alive by itself, so that one that has not beaten for a TTL is
 * ended here: it lives by the engine's beats.
 */
final class Fate implements OrderedEvents {

  private final Surroundings surroundings;
  private final SessionEvents events;
  private final long ttlNanos;
  private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
  private final AtomicLong sweptNanos;
  private volatile long beatNanos;

  Fate(Surroundings surroundings, SessionEvents events, Duration ttl) {
    this.surroundings = surroundings;
    this.events = events;
    this.ttlNanos = ttl.toNanos();
    this.beatNanos = surroundings.nanoTime();
    this.sweptNanos = new AtomicLong(beatNanos);
  }

  SessionEvents events() {
    return events;
  }

  /** Why it has ended, or null. */
  @Nullable String ended() {
    return ended.get();
  }

  /** It is over; whether it was not before. */
  boolean end(String why) {
    return ended.compareAndSet(null, why);
  }

  /** The engine lives. */
  void beats() {
    beatNanos = surroundings.nanoTime();
  }

  /** Whether it is time to sweep: once per TTL. */
  boolean mustSweep() {
    long now = surroundings.nanoTime();
    long swept = sweptNanos.get();
    return now - swept >= ttlNanos && sweptNanos.compareAndSet(swept, now);
  }

  /** From now on it has to beat. */
  void opened(OrderedSession session) {
    beats();
    watch(session, ttlNanos);
  }

  private void watch(OrderedSession session, long pause) {
    Object unused = surroundings.schedule(pause, () -> look(session));
  }

  private void look(OrderedSession session) {
    long left = ttlNanos - (surroundings.nanoTime() - beatNanos);
    if (ended() != null) {
      return;
    }
    if (left > 0) {
      watch(session, left);
    } else if (end("it has not beaten for its TTL")) {
      session.end(
          new Reply<>() {
            @Override
            public void done(Boolean value) {}

            @Override
            public void failed(StoreException failure) {}
          });
      events.ended("it has not beaten for its TTL");
    }
  }

  // ---- what the medium tells

  @Override
  public void told(byte[] hint) {
    Hint.pass(hint, events);
  }

  @Override
  public void missed() {
    events.changedAnywhere();
  }

  @Override
  public void ended(String why) {
    if (end(why)) {
      events.ended(why);
    }
  }
}
