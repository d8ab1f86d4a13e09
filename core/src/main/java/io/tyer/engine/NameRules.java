package io.tyer.engine;

import java.util.List;

/** What decides about one name: a function of its state, an event, and what is known now. */
interface NameRules {

  /**
   * Applies an event.
   *
   * @param session the client's session at this moment
   * @param now of the monotonic clock
   * @return what is to be done, in order; valid until the next event
   */
  List<Effect> on(Event event, SessionNow session, long now);

  /** Whether callers wait for a session. */
  boolean wantsSession();

  /**
   * What callers of this client hold, each of which by itself keeps this one waiting; nothing once
   * its outcome is decided. Others may be in its way beside them.
   */
  List<Holding> blockersOf(Waiter waiter);

  /** Whether a granted ticket lies with this client for whoever comes here, or will. */
  boolean keeps();

  /** Whether there is nothing to do, and nothing to be settled. */
  boolean idle();
}
