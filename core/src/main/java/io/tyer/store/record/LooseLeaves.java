package io.tyer.store.record;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.StoreException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
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
    return leaving(
            name,
            request,
            number,
            loosely -> lines.leave(session, name, request, number, loosely, deadline),
            left -> left)
        .answer();
  }

  /**
   * The same, and enters with another request. The new ticket is not to be believed in until {@link
   * #makeLast} has answered.
   */
  Written<LineRequests.Requeued> leaveAndEnter(
      LockName name, RequestId request, long number, Ask ask, Deadline deadline)
      throws StoreException {
    return leaving(
        name,
        request,
        number,
        loosely -> lines.leaveAndEnter(name, request, number, ask, loosely, deadline),
        LineRequests.Requeued::left);
  }

  /** What lets a ticket leave, and perhaps more. */
  @FunctionalInterface
  private interface Leaving<R> {
    R write(boolean loosely) throws StoreException;
  }

  /**
   * What was written, loosely or not.
   *
   * @param mark by which it is known whether it lasts; null if it does
   */
  record Written<R>(R answer, Lasting.@Nullable Mark mark) {}

  /** Remembers the ticket as long as it may come back. */
  private <R> Written<R> leaving(
      LockName name, RequestId request, long number, Leaving<R> leaving, Predicate<R> left)
      throws StoreException {
    if (!lasting.needed()) {
      return new Written<>(leaving.write(false), null);
    }
    long era = lasting.era();
    boolean known = false;
    R answer;
    try {
      answer = leaving.write(true);
      known = true;
    } catch (StoreException e) {
      known = e.kind() != StoreException.Kind.UNKNOWN;
      throw e;
    } finally {
      if (!known) {
        // It may take effect later than anything that is known to last.
        remember(new Left(name, request, number, Lasting.NEVER));
      }
    }
    Lasting.Mark mark = lasting.since(era);
    if (left.test(answer)) {
      remember(new Left(name, request, number, mark));
    }
    return new Written<>(answer, mark);
  }

  /** Makes it last; false if a crash may have undone it. */
  boolean makeLast(Written<?> written) throws StoreException {
    Lasting.Mark mark = written.mark();
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
