package io.tyer.store.jdbc;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes of several threads that go together: those that come while another is under way are
 * gathered, and the first of them writes them all by one statement, with one flush. Databases let
 * commits share a flush in the same way ("group commit"); this saves round trips and statements,
 * too.
 *
 * <p>A statement that takes long holds the others up for a few milliseconds only: then the next
 * ones go. What cannot go together goes alone: a row that another client is changing just now, and
 * groups that were refused, which says nothing of each.
 */
final class WriteGroups {

  /** Executes a group's statement. */
  @FunctionalInterface
  interface Together {
    /**
     * Writes those that can be written at once.
     *
     * @param loosely whether none of them needs to be flushed
     * @return the nonces of those that were written; of the others nothing was done
     */
    Set<Long> write(List<RowUpdate> updates, boolean loosely) throws StoreException;
  }

  /** Executes a write's own statement. */
  @FunctionalInterface
  interface Alone {
    /** Writes; false if the line has changed meanwhile. */
    boolean write() throws StoreException;
  }

  private static final int MOST_ROWS = 64;

  private final Together together;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Pending> gathered = new ArrayDeque<>();
  private int underWay;

  /**
   * Nothing is written yet.
   *
   * @param patienceNanos how long a write waits for what is under way
   */
  WriteGroups(Together together, long patienceNanos) {
    this.together = together;
    this.patienceNanos = patienceNanos;
  }

  private enum State {
    GATHERED,
    /** In somebody's group, who will tell. */
    TAKEN,
    TO_LEAD,
    WRITTEN,
    FAILED,
    ALONE
  }

  /** A write that waits; guarded by the lock. */
  private final class Pending {
    private final RowUpdate update;
    private final boolean loosely;
    private final Condition changed = lock.newCondition();
    private State state = State.GATHERED;
    private @Nullable StoreException failure;

    Pending(RowUpdate update, boolean loosely) {
      this.update = update;
      this.loosely = loosely;
    }

    void become(State next) {
      state = next;
      changed.signal();
    }

    /** Waits until it was led, or has to lead: also if nobody has taken it for too long. */
    void await() {
      boolean interrupted = false;
      long left = patienceNanos;
      while (state == State.GATHERED || state == State.TAKEN) {
        try {
          if (state == State.TAKEN) {
            changed.await();
          } else if (left > 0) {
            left = changed.awaitNanos(left);
          } else {
            gathered.remove(this);
            underWay++;
            state = State.TO_LEAD;
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Writes a line's next version, perhaps together with others. Ignores interrupts.
   *
   * @param loosely whether it needs no flush
   * @param alone writes this one by itself
   * @return false if the line has changed meanwhile
   */
  boolean write(RowUpdate update, boolean loosely, Alone alone) throws StoreException {
    Pending mine = new Pending(update, loosely);
    lock.lock();
    try {
      if (underWay == 0) {
        underWay = 1;
        mine.state = State.TO_LEAD;
      } else {
        gathered.add(mine);
        mine.await();
      }
    } finally {
      lock.unlock();
    }
    if (mine.state == State.TO_LEAD) {
      return lead(mine, alone);
    }
    StoreException failure = mine.failure;
    if (failure != null) {
      throw new StoreException(failure.kind(), String.valueOf(failure.getMessage()), failure);
    }
    return mine.state == State.WRITTEN || alone.write();
  }

  private boolean lead(Pending mine, Alone alone) throws StoreException {
    try {
      List<Pending> group = take(mine);
      if (group.size() == 1) {
        return alone.write();
      }
      execute(group);
    } finally {
      handOver();
    }
    StoreException failure = mine.failure;
    if (failure != null) {
      throw failure;
    }
    return mine.state == State.WRITTEN || alone.write();
  }

  private List<Pending> take(Pending mine) {
    List<Pending> group = new ArrayList<>();
    group.add(mine);
    lock.lock();
    try {
      while (group.size() < MOST_ROWS && !gathered.isEmpty()) {
        Pending one = gathered.remove();
        one.state = State.TAKEN;
        group.add(one);
      }
    } finally {
      lock.unlock();
    }
    return group;
  }

  private void execute(List<Pending> group) {
    Set<Long> written = Set.of();
    StoreException failure = new StoreException(Kind.UNKNOWN, "a group of writes failed inside");
    try {
      written =
          together.write(
              group.stream().map(one -> one.update).toList(),
              group.stream().allMatch(one -> one.loosely));
      failure = null;
    } catch (StoreException e) {
      failure = e.kind() == Kind.REFUSED ? null : e;
    } finally {
      tell(group, written, failure);
    }
  }

  private void tell(List<Pending> group, Set<Long> written, @Nullable StoreException failure) {
    lock.lock();
    try {
      for (Pending one : group) {
        one.failure = failure;
        if (failure != null) {
          one.become(State.FAILED);
        } else {
          one.become(written.contains(one.update.nonce()) ? State.WRITTEN : State.ALONE);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the next one lead, unless others do: by the time it does, more may have come. */
  private void handOver() {
    lock.lock();
    try {
      Pending next = underWay > 1 ? null : gathered.poll();
      if (next == null) {
        underWay--;
      } else {
        next.become(State.TO_LEAD);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many wait to go with others. */
  int gathered() {
    lock.lock();
    try {
      return gathered.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many groups, or writes alone that others may wait for, are under way. */
  int underWay() {
    lock.lock();
    try {
      return underWay;
    } finally {
      lock.unlock();
    }
  }
}
