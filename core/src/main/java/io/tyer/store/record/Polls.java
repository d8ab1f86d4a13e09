package io.tyer.store.record;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes checks together, where the medium {@linkplain RecordMedium#readsTogether reads so}: what is
 * asked while a round is under way goes with the next one, and what was asked before long ago waits
 * until others are due, too. Due times are multiples of powers of two, so that those of all
 * intervals meet; with whatever goes earlier, all go that wait.
 */
final class Polls {

  private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

  /** By what part of the time since it was last asked about a ticket is asked about later. */
  private static final int PART = 8;

  private static final long LONGEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** For less, no timer is set. */
  private static final long SHORTEST_HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A round that takes longer is waited for no more: its connection may hang. */
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final StoreParts parts;
  private final Surroundings surroundings;
  private final long longestHoldNanos;

  /** Clients are not to ask at the same moments. */
  private final long phase;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private List<Poll> waiting = new ArrayList<>();
  private @Nullable Cancellable timer;
  private long dueNanos;
  private @Nullable PollRound underWay;
  private long begunNanos;
  private boolean next;
  private boolean closed;

  Polls(StoreParts parts, Duration operationTimeout) {
    this.parts = parts;
    this.surroundings = parts.surroundings();
    this.longestHoldNanos = Math.min(LONGEST_HOLD_NANOS, operationTimeout.toNanos() / PART);
    this.phase = surroundings.nextLong() >>> 32;
  }

  /**
   * Makes a check; the reply may come on any thread that may block.
   *
   * @param sinceNanos for how long nobody has asked about this ticket; 0 if it is not to be held
   *     back
   */
  void check(Poll poll, long sinceNanos) {
    long hold = Long.highestOneBit(Math.min(sinceNanos / PART, longestHoldNanos));
    boolean held = hold >= SHORTEST_HOLD_NANOS;
    boolean taken;
    lock.lock();
    try {
      taken = !closed;
      if (taken) {
        waiting.add(poll);
        if (held) {
          hold(hold);
        }
      }
    } finally {
      lock.unlock();
    }
    if (!taken) {
      poll.reply().failed(parts.requests().wasClosed());
    } else if (!held) {
      go();
    }
  }

  private void hold(long grid) {
    long now = surroundings.nanoTime();
    long due = now + grid - ((now + phase) & (grid - 1));
    if (timer != null && dueNanos - due <= 0) {
      return;
    }
    disarm();
    dueNanos = due;
    timer = surroundings.schedule(due - now, this::due);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** What is held back from now on, perhaps by a round that hangs, is to have another timer. */
  private void due() {
    lock.lock();
    try {
      timer = null;
    } finally {
      lock.unlock();
    }
    goElsewhere();
  }

  private void goElsewhere() {
    try {
      surroundings.io().execute(this::go);
    } catch (RejectedExecutionException e) {
      LOG.debug("the client is closing", e);
    }
  }

  /** Makes all checks that wait, or leaves them for the end of the round that is under way. */
  private void go() {
    PollRound round = begin();
    if (round == null) {
      return;
    }
    round.read();
    if (end(round)) {
      goElsewhere();
    }
    round.answer();
  }

  private @Nullable PollRound begin() {
    lock.lock();
    try {
      long now = surroundings.nanoTime();
      if (underWay != null && now - begunNanos < STUCK_NANOS) {
        next = true;
        return null;
      }
      disarm();
      if (waiting.isEmpty()) {
        return null;
      }
      PollRound round = new PollRound(parts, waiting);
      waiting = new ArrayList<>();
      underWay = round;
      begunNanos = now;
      next = false;
      return round;
    } finally {
      lock.unlock();
    }
  }

  /** Answers whether there is to be another one at once. */
  @SuppressWarnings("ReferenceEquality") // One that was stuck may have been followed by another.
  private boolean end(PollRound round) {
    lock.lock();
    try {
      if (underWay != round) {
        return false;
      }
      underWay = null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** What waits fails, and what comes later. */
  void close() {
    List<Poll> left;
    lock.lock();
    try {
      closed = true;
      disarm();
      left = waiting;
      waiting = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    left.forEach(poll -> poll.reply().failed(parts.requests().wasClosed()));
  }
}
