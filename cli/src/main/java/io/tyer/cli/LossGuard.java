package io.tyer.cli;

import io.tyer.LossCause;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the command when the lease is lost, before anybody else can be granted the lock (promise
 * S5). Nothing here waits for the store or for somebody who reads our messages.
 */
final class LossGuard {

  /** How long the end of a killed command is waited for before the program goes on. */
  private static final long KILL_SECONDS = 5;

  private final OnLoss onLoss;
  private final Duration grace;
  private final ReentrantLock lock = new ReentrantLock();
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Child child;
  private @Nullable LossCause cause;

  /** Until when the lease was proved, as far as was seen last. */
  private volatile long provedUntilNanos;

  LossGuard(OnLoss onLoss, Duration grace) {
    this.onLoss = onLoss;
    this.grace = grace;
    this.provedUntilNanos = System.nanoTime();
  }

  /** Starts the command, unless the lease is lost already, be it told or not: then null. */
  @Nullable Child start(ChildCommand command, BooleanSupplier valid) throws IOException {
    lock.lock();
    try {
      if (cause == null && valid.getAsBoolean()) {
        child = new Child(command.start());
      }
      return child;
    } finally {
      lock.unlock();
    }
  }

  /** Takes note of how long the lease is proved if nothing more is heard. */
  void proved(Supplier<Duration> remaining) {
    long now = System.nanoTime(); // before it is asked: this process may be stopped in between
    Duration left = remaining.get();
    if (!left.isZero()) {
      provedUntilNanos = now + left.toNanos();
    }
  }

  /** The lease's listener, called on a thread of its own. */
  void lost(LossCause why) {
    long killAt = killAt(why, System.nanoTime());
    Child running;
    lock.lock();
    try {
      cause = why;
      running = child;
    } finally {
      lock.unlock();
    }
    try {
      if (running != null && onLoss != OnLoss.CONTINUE) {
        end(running, killAt);
      }
    } finally {
      ended.countDown();
    }
  }

  private void end(Child running, long killAt) {
    if (onLoss == OnLoss.TERM) {
      running.terminate();
      return;
    }
    Set<ProcessHandle> terminated = Set.of();
    try {
      if (killAt - System.nanoTime() > 0) {
        terminated = running.terminate();
        Child.await(terminated, killAt - System.nanoTime());
      }
    } finally {
      running.kill(terminated);
    }
  }

  /**
   * When the command must be killed. The grace counts from the moment at which the lease could not
   * be proved any more: if this process was stopped meanwhile, that is long ago. There is none if
   * somebody else may hold the lock already.
   */
  private long killAt(LossCause why, long now) {
    return switch (why) {
      case UNPROVED -> Math.min(0, provedUntilNanos - now) + now + grace.toNanos();
      case SESSION_ENDED, REMOVED -> now;
      case REVOKED, MAX_HOLD, MOVED_ON, CLOSED -> now + grace.toNanos();
    };
  }

  /** Why the lease is lost, null if it is not. */
  @Nullable LossCause cause() {
    lock.lock();
    try {
      return cause;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything has been ended that a loss ends. Only after a loss. */
  void awaitEnd() {
    try {
      boolean done = ended.await(grace.toSeconds() + KILL_SECONDS, TimeUnit.SECONDS);
      assert done || onLoss == OnLoss.KILL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
