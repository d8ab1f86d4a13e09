package io.tyer.store.ordered;

import io.tyer.line.SessionId;
import io.tyer.spi.Reply;
import java.time.Duration;

/**
 * A server that keeps nodes in the order in which they were appended to a line, removes them with
 * the session that appended them, and tells who watches them. This, with {@link OrderedLines} and
 * {@link OrderedSession}, is what the author of a medium implements.
 *
 * <p>No call blocks. Each is answered once by its {@link Reply}, on any thread, perhaps before the
 * call has returned, and never while the medium holds a lock that another call needs. What is done
 * with an answer is short and does not block, so that a client's own thread may bring it. A medium
 * repeats nothing that changes something: what became of a lost answer is for the adapter to find
 * out. Failures are
 *
 * <ul>
 *   <li>{@code UNREACHABLE}: certainly nothing was done;
 *   <li>{@code UNKNOWN}: something may have been done, or may yet be;
 *   <li>{@code SESSION_DEAD}: the server has ended the session, for good;
 *   <li>{@code REFUSED}: trying again is of no use (no rights, a server that is too old); the
 *       message says what would be right.
 * </ul>
 */
public interface OrderedMedium extends AutoCloseable {

  /** What and where this is, for messages: its address without secrets. */
  String description();

  /**
   * Opens a session that the server ends, with all of its nodes, when it has heard nothing of it
   * for the TTL; later is allowed, sooner is not. Fails as {@code REFUSED} if the server does not
   * give that much, and says how much it gives.
   *
   * @param id by what others {@linkplain OrderedLines#tell tell} it; used once
   * @param owner a label for people
   */
  void open(
      SessionId id, Duration ttl, String owner, OrderedEvents events, Reply<OrderedSession> reply);

  /** What an operator does, without a session. The same object each time, or a new one. */
  OrderedLines lines();

  /**
   * Frees what is held in this process. Sessions still open are left to die; calls that are on
   * their way fail.
   */
  @Override
  void close();
}
