package io.tyer.store.ordered;

import io.tyer.line.LockName;
import io.tyer.spi.Cancellable;
import io.tyer.spi.Moment;
import io.tyer.spi.Reply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session of a medium: it appends nodes, and they go when it ends. */
public interface OrderedSession extends OrderedLines {

  /**
   * Keeps the session alive, and finds out since when that is certain: answers a moment, by the
   * clocks of this process, before the server was told, for certain, to keep the session for a
   * whole TTL. Where the server's answer to this call proves that, it is the moment at which this
   * call left; where it proves less, such as that the session lived when an earlier call came, it
   * is an earlier moment.
   */
  void prove(Reply<Moment> reply);

  /**
   * Appends a node of this session to the end of a line, and reads the line then: in one trip, if
   * the medium can. Nothing that was appended before the node is missing in what is read, unless it
   * has gone since; a node that was appended after it may be.
   *
   * <p>At most one node comes of one call, however it is answered, and none later than one TTL
   * after it. Two nodes of a line never have the same number.
   *
   * @param label printable ASCII without blanks, slashes and quotes, at most 120 characters; unique
   *     but for an append whose outcome was not known and that was made again
   * @param unchangedSince if not null, the line as it was read: a medium that can compare appends
   *     only if no node of it has been appended or replaced since, and else answers empty; a medium
   *     that cannot appends
   * @param reply fails as {@code UNKNOWN} whenever a node may be there all the same
   */
  void append(
      LockName line,
      String label,
      byte[] content,
      @Nullable LineNodes unchangedSince,
      Reply<Optional<Appended>> reply);

  /**
   * Looks at a node as {@link #look}, and watches it from then on: nothing is missed in between.
   * Nothing is watched if it is gone already, or if this fails.
   *
   * @param watch called at most once, after the reply
   * @return ends the watch, if the medium can; it may be called nevertheless
   */
  Cancellable watch(
      LockName line, OrderedNode node, NodeWatch watch, Reply<Optional<NodeBody>> reply);

  /**
   * Removes what the medium itself leaves behind, such as empty containers of lines that nobody
   * uses any more. Called once per TTL by each client. Fails silently, in bounded time.
   */
  default void sweep() {}

  /**
   * Ends the session: its nodes go, and it is told nothing more.
   *
   * @param reply false if the server had ended it before
   */
  void end(Reply<Boolean> reply);
}
