package io.tyer.engine;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an event leads to, performed in order once the state's lock has been released. Effects of
 * events that these effects bring about in the same thread (a store that answers inline) are
 * appended instead of nested, so that the stack stays flat however long the chain is.
 */
final class Effects {

  private static final Logger log = LoggerFactory.getLogger(Effects.class);

  private final ArrayDeque<Runnable> pending = new ArrayDeque<>(4);
  private final Thread thread = Thread.currentThread();
  private final boolean mayBlock;
  private boolean running;

  private Effects(boolean mayBlock) {
    this.mayBlock = mayBlock;
  }

  /** For a thread that may wait for a store that blocks. */
  static Effects here() {
    return new Effects(true);
  }

  /** For the timer, and for callers that were promised not to be blocked. */
  static Effects withoutBlocking() {
    return new Effects(false);
  }

  boolean mayBlock() {
    return mayBlock;
  }

  void add(Runnable effect) {
    pending.add(effect);
  }

  /** Whether the current thread is performing these effects right now. */
  boolean runningHere() {
    return Thread.currentThread() == thread && running;
  }

  void run() {
    running = true;
    try {
      for (Runnable next = pending.poll(); next != null; next = pending.poll()) {
        try {
          next.run();
        } catch (RuntimeException | Error e) {
          log.error("an effect failed; going on with the others", e);
        }
      }
    } finally {
      running = false;
    }
  }
}
