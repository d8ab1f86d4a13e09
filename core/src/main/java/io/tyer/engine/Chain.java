package io.tyer.engine;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an event leads to in one thread: effects, performed in order once no state's lock is held.
 * Effects of events that these bring about in the same thread (a store that answers inline) are
 * appended instead of nested, so that the stack stays flat however long the chain is.
 */
final class Chain {

  /**
   * Performs the effects of one kind of state.
   *
   * @param <E> which effects
   */
  interface Performer<E> {

    /** Performs one; what that leads to is added to the chain. */
    void perform(E effect, Chain chain);
  }

  private static final Logger log = LoggerFactory.getLogger(Chain.class);
  private static final Performer<Runnable> RUN = (task, chain) -> task.run();

  /** Each effect behind the one who performs it. */
  private final ArrayDeque<Object> pending = new ArrayDeque<>(8);

  private final Thread thread = Thread.currentThread();
  private final boolean mayBlock;
  private boolean running;

  private Chain(boolean mayBlock) {
    this.mayBlock = mayBlock;
  }

  /** For a thread that may wait for a store that blocks. */
  static Chain here() {
    return new Chain(true);
  }

  /** For the timer, and for callers that were promised not to be blocked. */
  static Chain withoutBlocking() {
    return new Chain(false);
  }

  boolean mayBlock() {
    return mayBlock;
  }

  <E> void add(Performer<? super E> performer, E effect) {
    pending.add(performer);
    pending.add(effect);
  }

  void add(Runnable task) {
    add(RUN, task);
  }

  /** Whether the current thread is performing these effects right now. */
  boolean runningHere() {
    return Thread.currentThread() == thread && running;
  }

  @SuppressWarnings("unchecked") // Added together.
  void run() {
    running = true;
    try {
      for (Object next = pending.poll(); next != null; next = pending.poll()) {
        Object effect = pending.remove();
        try {
          ((Performer<Object>) next).perform(effect, this);
        } catch (RuntimeException | Error e) {
          log.error("an effect failed; going on with the others", e);
        }
      }
    } finally {
      running = false;
    }
  }
}
