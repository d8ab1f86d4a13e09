package io.tyer.store.network;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all stores of a kind in this JVM share: made for the first, and ended with the last. */
public final class Shared<T> {

  private final Supplier<T> making;
  private final Consumer<T> ending;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable T current;
  private int users;

  /** Nothing is made yet. */
  public Shared(Supplier<T> making, Consumer<T> ending) {
    this.making = making;
    this.ending = ending;
  }

  /** For one more user, who gives it back. */
  public T take() {
    lock.lock();
    try {
      T taken = current;
      if (taken == null) {
        taken = making.get();
        current = taken;
      }
      users++;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** A user is done with it; to be called once by each. */
  public void giveBack() {
    T last;
    lock.lock();
    try {
      if (--users > 0) {
        return;
      }
      last = current;
      current = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      ending.accept(last);
    }
  }
}
