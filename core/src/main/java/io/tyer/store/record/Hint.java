package io.tyer.store.record;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told: that something happened in this line that concerns it.
 *
 * @param to the session
 * @param grant what happened, if it is that a ticket was granted and the medium carries that; null:
 *     the session has to look
 * @param version of the line's record, as what happened left it, if the medium carries that. It may
 *     be any old one by the time; that it is known saves reading it
 */
public record Hint(SessionId to, LockName name, @Nullable Grant grant, @Nullable Stamped version) {

  /**
   * A ticket of the session's that waited and is granted now. True whenever it is told: what
   * granted it was written, and a grant stays.
   */
  public record Grant(RequestId request, long number) {}

  /** That a session has to look at a line. */
  public Hint(SessionId to, LockName name) {
    this(to, name, null, null);
  }

  /** That a ticket is granted. */
  public Hint(SessionId to, LockName name, Grant grant) {
    this(to, name, grant, null);
  }
}
