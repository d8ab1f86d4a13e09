package io.tyer.engine;

import io.tyer.line.LockName;

/** Where a session's news go: to the names that its tickets are of. */
interface SessionNews {

  /** To one name, if this client does anything about it. */
  void toName(LockName name, Event event, Chain chain);

  /** To one name; it is called into being if need be. */
  void toAnyName(LockName name, Event event, Chain chain);

  void toAll(Event event, Chain chain);

  /** Whether callers wait for a session. */
  boolean wantSession();
}
