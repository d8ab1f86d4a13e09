package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import java.util.List;
import java.util.Optional;

/** Reads and changes nodes, whichever session they are of. */
public interface OrderedLines {

  /**
   * The names, with this prefix, of all lines that have nodes; lines without any may be told. As
   * fresh as a read that must be.
   */
  void names(String prefix, Reply<List<LockName>> reply);

  /**
   * The nodes of a line, in the order in which they were appended. A line that is unknown has none.
   *
   * @param fresh whether everything must be seen that was acknowledged to anybody before this call,
   *     and whatever became of this session's own appends; else it is enough to see what this
   *     session was answered before
   */
  void read(LockName line, boolean fresh, Reply<LineNodes> reply);

  /** What a node is now; empty if it is gone. As fresh as a read that need not be fresh. */
  void look(LockName line, OrderedNode node, Reply<Optional<NodeBody>> reply);

  /**
   * Replaces the body of a node that still is as it was seen. The node keeps its place, its number
   * and its session: it goes with that one, whoever replaces.
   *
   * @param reply false, and nothing was done, if it has changed since or is gone
   */
  void replace(
      LockName line, OrderedNode node, NodeBody seen, byte[] content, Reply<Boolean> reply);

  /** Removes a node, whatever its body; false if it was gone. */
  void remove(LockName line, OrderedNode node, Reply<Boolean> reply);

  /**
   * Tells a session something. What was answered with true, the session is {@linkplain
   * OrderedEvents#told told}, or {@linkplain OrderedEvents#missed that it missed something}, before
   * a {@link OrderedSession#prove} that it begins later is answered.
   *
   * @param hint at most 600 bytes
   * @param reply false if there is no such session
   */
  void tell(SessionId session, byte[] hint, Reply<Boolean> reply);
}
