package io.tyer.engine;

import io.tyer.LockView;
import io.tyer.Order;
import io.tyer.line.LockName;

/**
 * What the locks of one client have in common.
 *
 * @param engine where they are acquired
 * @param holds what threads hold through their Java views
 * @param operator who looks at one
 */
record ClientLocks(Client engine, JavaHolds holds, EngineOperator operator) {

  /** Whether every caller has a ticket of its own. */
  boolean strict() {
    return engine.settings().order() == Order.STRICT;
  }

  LockView view(LockName name) {
    return operator.view(name);
  }
}
