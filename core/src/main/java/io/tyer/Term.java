package io.tyer;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A task that is interrupted when its term is lost, as long as it runs, and never after. */
final class Term {

  private final Lease lease;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread leader;
  private @Nullable LossCause loss;

  Term(Lease lease) {
    this.lease = lease;
  }

  <T, E extends Exception> T lead(LeaseTask<T, E> task) throws E, InterruptedException {
    begin();
    lease.onLost(this::lost);
    T result;
    try {
      result = task.run(lease);
    } catch (Error e) {
      LossCause unused = end();
      throw e;
    } catch (Throwable e) {
      LossCause why = end();
      if (why == null) {
        throw e;
      }
      LeaseLostException told = new LeaseLostException(lease.name(), why);
      told.addSuppressed(e);
      throw told;
    }
    LossCause why = end();
    if (why != null) {
      throw new LeaseLostException(lease.name(), why);
    }
    lease.checkValid();
    return result;
  }

  private void begin() {
    lock.lock();
    try {
      leader = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void lost(LossCause why) {
    lock.lock();
    try {
      if (leader != null) {
        loss = why;
        leader.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on nobody is interrupted; the interrupt that told of a loss is told by what follows.
   */
  private @Nullable LossCause end() {
    lock.lock();
    try {
      leader = null;
      if (loss != null) {
        boolean unused = Thread.interrupted();
      }
      return loss;
    } finally {
      lock.unlock();
    }
  }
}
