package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tickets of a session that have left in a way that a crash of the store's server may undo. A
 * ticket that came back so would be one that nobody knows (L2), as long as its session lives. So
 * each is remembered until something that this store wrote later is known to last, and made to
 * leave once more, lastingly, if a beat after it has not shown that.
 */
final class LooseLeaves {

  private static final Logger LOG = LoggerFactory.getLogger(LooseLeaves.class);

  private record Left(LockName name, RequestId request, long number, Lasting.Mark mark) {}

  private final Lasting lasting;
  private final LineRequests lines;
  private final SessionId session;
  private final Queue<Left> doubtful = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leaving = new AtomicBoolean();

  LooseLeaves(Lasting lasting, LineRequests lines, SessionId session) {
    this.lasting = lasting;
    this.lines = lines;
    this.session = session;
  }

  /** Leaves, loosely where the store can do so. Answers whether the session had this ticket. */
  boolean leave(LockName name, RequestId request, long number, Deadline deadline)
      throws StoreException {
    boolean loosely = lasting.needed();
    long era = loosely ? lasting.era() : 0;
    boolean known = !loosely;
    boolean left = false;
    try {
      left = lines.leave(session, name, request, number, loosely, deadline);
      known = true;
    } catch (StoreException e) {
      known |= e.kind() != StoreException.Kind.UNKNOWN;
      throw e;
    } finally {
      if (!known) {
        // It may take effect later than anything that is known to last.
        remember(new Left(name, request, number, Lasting.NEVER));
      } else if (loosely && left) {
        remember(new Left(name, request, number, lasting.since(era)));
      }
    }
    return left;
  }

  /**
   * The same, and enters with another request. The new ticket is not to be believed in until {@link
   * #makeLast} has answered.
   */
  Requeued leaveAndEnter(LockName name, RequestId request, long number, Ask ask, Deadline deadline)
      throws StoreException {
    boolean loosely = lasting.needed();
    long era = loosely ? lasting.era() : 0;
    boolean known = !loosely;
    LineRequests.Requeued requeued = null;
    try {
      requeued = lines.leaveAndEnter(name, request, number, ask, loosely, deadline);
      known = true;
    } catch (StoreException e) {
      known |= e.kind() != StoreException.Kind.UNKNOWN;
      throw e;
    } finally {
      if (!known) {
        remember(new Left(name, request, number, Lasting.NEVER));
      }
    }
    Lasting.Mark mark = loosely ? lasting.since(era) : null;
    if (mark != null && requeued.left()) {
      remember(new Left(name, request, number, mark));
    }
    return new Requeued(requeued.left(), requeued.state(), mark);
  }

  /**
   * What came of a leave and the enter after it.
   *
   * @param mark by which it is known whether it lasts; null if it does
   */
  record Requeued(boolean left, TicketState state, Lasting.@Nullable Mark mark) {}

  /** Makes it last; false if a crash may have undone it. */
  boolean makeLast(Requeued requeued) throws StoreException {
    Lasting.Mark mark = requeued.mark();
    return mark == null || lasting.lasts(mark) || lasting.make(mark);
  }

  private void remember(Left left) {
    doubtful.add(left);
    forgetWhatLasts();
  }

  private void forgetWhatLasts() {
    for (Left oldest = doubtful.peek();
        oldest != null && lasting.lasts(oldest.mark());
        oldest = doubtful.peek()) {
      doubtful.remove(oldest);
    }
  }

  /** Whether there are any that a beat, which lasts, has not shown to last. */
  boolean anyDoubtful() {
    doubtful.removeIf(left -> lasting.lasts(left.mark()));
    return !doubtful.isEmpty();
  }

  /**
   * Makes them leave once more; those of which that fails, with the next beat. One that the store
   * refuses keeps no other from it.
   */
  void leaveAgain(Deadline deadline) {
    if (!leaving.compareAndSet(false, true)) {
      return;
    }
    try {
      for (Left one : List.copyOf(doubtful)) {
        leaveAgainOrLater(one, deadline);
      }
    } finally {
      leaving.set(false);
    }
  }

  private void leaveAgainOrLater(Left one, Deadline deadline) {
    try {
      if (!lasting.lasts(one.mark()) && !deadline.passed()) {
        leaveAgain(one, deadline);
        doubtful.remove(one);
      }
    } catch (StoreException | RuntimeException e) {
      LOG.debug("a ticket of lock {} that may have come back stays for now", one.name(), e);
    }
  }

  /** That it is not there now, whoever did that, may not last yet: the next beat shows it. */
  private void leaveAgain(Left one, Deadline deadline) throws StoreException {
    long era = lasting.era();
    if (lines.leave(session, one.name(), one.request(), one.number(), false, deadline)) {
      LOG.debug("a ticket of lock {} was back after it had left; it has left again", one.name());
    }
    doubtful.add(new Left(one.name(), one.request(), one.number(), lasting.since(era)));
  }
}
