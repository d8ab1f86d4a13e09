package io.tyer.engine;

import io.tyer.line.SessionId;

/** An open session as a name's state knows it: which one it is, and what never changes of it. */
interface OpenSession {

  /** What its tickets carry. */
  SessionId id();

  /** The upper half of the ids of its requests. */
  long requestPrefix();

  /** Whether leaving and entering may be one request. */
  boolean leavesAndEnters();
}
