package io.tyer.testkit.torture;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose holder alone does harm to something, from the blow until it is healed. Those that find it
 * taken, and ask again and again, get it in the order in which they came: none is kept from it by
 * luck.
 */
final class Claim {

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Blow> waiting = new ArrayDeque<>();
  private boolean taken;

  /** Does harm, and says what was done and how it is undone. */
  interface Striking {
    Done strike() throws IOException, InterruptedException;
  }

  /** What was done, in words, and how it is undone. */
  record Done(String description, Undoing undoing) {}

  /** Undoes. */
  interface Undoing {
    void run() throws IOException, InterruptedException;
  }

  private boolean take(Blow blow) {
    lock.lock();
    try {
      if (!waiting.contains(blow)) {
        waiting.add(blow);
      }
      if (taken || !blow.equals(waiting.peek())) {
        return false;
      }
      waiting.remove();
      taken = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      taken = false;
    } finally {
      lock.unlock();
    }
  }

  /** Strikes, unless somebody else's harm is not healed yet, or an earlier blow waits. */
  Optional<Fault.Injury> strike(Blow blow, Striking striking)
      throws IOException, InterruptedException {
    if (!take(blow)) {
      return Optional.empty();
    }
    Done done;
    try {
      done = striking.strike();
    } catch (IOException | InterruptedException | RuntimeException e) {
      release();
      throw e;
    }
    return Optional.of(
        new Fault.Injury() {
          @Override
          public String description() {
            return done.description();
          }

          @Override
          public void heal() throws IOException, InterruptedException {
            try {
              done.undoing().run();
            } finally {
              release();
            }
          }
        });
  }
}
