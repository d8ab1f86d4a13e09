package io.tyer.spi;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;

/**
 * What a store tells a session unasked. All of it is a hint that may be lost, repeated, late or
 * overtaken; losing all of it only costs time (promise L1). Called on any thread, never while the
 * store holds a lock that a request needs.
 */
public interface SessionEvents {

  /** A ticket of this session is granted. Believed without asking, since grants are stable. */
  void granted(LockName name, RequestId request, long number);

  /** Something changed in this line that may concern this session's tickets there. */
  void changed(LockName name);

  /**
   * Another ticket waits behind a recallable one of this session in this line. More than {@link
   * #changed}, since nothing need be asked: a recall that is late or mistaken costs the bias only.
   */
  default void recalled(LockName name) {
    changed(name);
  }

  /** Something may have changed anywhere: messages were lost, or a connection came back. */
  void changedAnywhere();

  /** The store has ended the session. */
  void ended(String why);

  /** For whoever asks, and need not be told. */
  static SessionEvents none() {
    return NoEvents.INSTANCE;
  }
}
