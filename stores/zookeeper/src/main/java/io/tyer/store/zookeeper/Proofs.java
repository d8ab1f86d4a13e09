package io.tyer.store.zookeeper;

import io.tyer.spi.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Since when it is certain that ZooKeeper keeps a session for its whole time-out.
 *
 * <p>The leader ends sessions, and a member that follows tells it only with its answer to the
 * leader's next ping, of which one comes each half tick, what sessions it has heard of. So a write
 * that is answered proves that the session lived, and not that the leader has heard of it since:
 * were the member cut off right after the answer, the leader would count from an earlier ping. But
 * what the member had done with a first write was told with a ping's answer, if a tick passed
 * before a second write came to it that the leader then decided: both go the same way, one behind
 * the other. Hence a session is proved since the sending of the latest write whose answer came at
 * least a tick before a second one was sent that is answered, too. Answers count, not sendings:
 * both writes may have been held up on their way, and have come together. And both were sent on one
 * connection, since another one may lead to another member.
 *
 * <p>A session that was just opened, or is taken over by another connection, is proved since that
 * was asked for: the leader itself makes sessions, and is asked by whichever member one comes to.
 */
final class Proofs {

  /** So many of the latest writes of a tick are kept: one is as good as its neighbours. */
  private static final int PER_TICK = 8;

  private final long tickNanos;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  /** Answered on the connection of the latest one, in the order of their answers. */
  private final Deque<Answered> answered = new ArrayDeque<>();

  private long connection;
  private Moment since;

  /** A write, and when its answer came. */
  private record Answered(Moment sent, long nanos) {}

  /**
   * Of a session.
   *
   * @param asked before the session was asked for
   */
  Proofs(Duration tick, Moment asked) {
    this.tickNanos = tick.toNanos();
    this.since = asked;
  }

  /**
   * A write is answered, on the connection on which it was sent. Called in the order of answers.
   *
   * @param on counts connections
   * @param sent no later than it left
   * @param now no earlier than the answer came
   */
  void answered(long on, Moment sent, long now) {
    lock.lock();
    try {
      if (on != connection) {
        connection = on;
        answered.clear();
      }
      Answered before = null;
      while (!answered.isEmpty() && sent.nanos() - answered.peekFirst().nanos >= tickNanos) {
        before = answered.pollFirst();
      }
      if (before != null) {
        if (before.sent.nanos() - since.nanos() > 0) {
          since = before.sent;
        }
        // It serves those as well that come before the next one is old enough.
        answered.addFirst(before);
      }
      Answered last = answered.peekLast();
      if (last == null || now - last.nanos >= tickNanos / PER_TICK) {
        answered.addLast(new Answered(sent, now));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The leader has made the session or prolonged it, after this moment. */
  void asked(Moment before) {
    lock.lock();
    try {
      if (before.nanos() - since.nanos() > 0) {
        since = before;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a write that left now would prove hardly more than the latest one will. */
  boolean isFresh(long now) {
    lock.lock();
    try {
      Answered last = answered.peekLast();
      return last != null && now - last.nanos < tickNanos / 2;
    } finally {
      lock.unlock();
    }
  }

  /** Since when it is proved. */
  Moment since() {
    lock.lock();
    try {
      return since;
    } finally {
      lock.unlock();
    }
  }
}
