package io.tyer.engine;

import io.tyer.LockView;
import io.tyer.line.LockName;

/**
 * What the locks of one client have in common.
 *
 * @param engine where they are acquired
 * @param holds what threads hold through their Java views
 * @param operator who looks at one
 */
record ClientLocks(Client engine, JavaHolds holds, EngineOperator operator) {

  LockView view(LockName name) {
    return operator.view(name);
  }
}
