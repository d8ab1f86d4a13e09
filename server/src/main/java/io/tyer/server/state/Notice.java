package io.tyer.server.state;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;

/** What a session is to be told unasked; only the leader tells it. */
public sealed interface Notice {

  /** Who is to be told. */
  SessionId session();

  /** A ticket that waited is granted. */
  record Granted(SessionId session, LockName name, RequestId request, long number)
      implements Notice {}

  /** A ticket waits behind one that the session may merely keep. */
  record Recalled(SessionId session, LockName name) implements Notice {}

  /** A ticket of the session was revoked or removed. */
  record Changed(SessionId session, LockName name) implements Notice {}

  /** The session has ended. */
  record Ended(SessionId session, String why) implements Notice {}
}
