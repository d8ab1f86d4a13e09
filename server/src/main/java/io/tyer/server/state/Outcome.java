package io.tyer.server.state;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Right;
import io.tyer.server.access.TokenId;
import io.tyer.spi.LineView;
import io.tyer.spi.TicketState;
import java.util.List;

/** What came of a {@link Command}. */
public sealed interface Outcome {

  /**
   * The session is alive.
   *
   * @param attention whether something was done to its tickets that it may not have heard of
   */
  record Alive(boolean attention) implements Outcome {}

  /**
   * The session is alive, and has these tickets.
   *
   * @param attention whether something was done to its tickets that it may not have heard of
   * @param ttlMillis how long it lives without a sign of life, as it was opened with
   */
  record Attached(boolean attention, long ttlMillis, List<Held> tickets) implements Outcome {}

  /**
   * A ticket of a session.
   *
   * @param recalled whether it may merely be kept, and another one waits behind it
   */
  record Held(
      LockName name,
      RequestId request,
      long number,
      boolean granted,
      boolean recalled,
      boolean exclusive,
      int weight,
      int capacity) {}

  /** How a ticket stands; of what blocks it, at most {@link Bounds#MAX_BLOCKERS} are told. */
  record Ticket(TicketState state) implements Outcome {}

  /** Whether there was what was to go. */
  record Found(boolean found) implements Outcome {}

  /** How many tickets were marked or removed. */
  record Revoked(int count) implements Outcome {}

  /** Lines, and whether there are more behind them. */
  record Listed(List<LineView> lines, boolean more) implements Outcome {}

  /** Tokens in the order of their ids, and whether there are more behind them. */
  record Tokens(List<TokenView> tokens, boolean more) implements Outcome {}

  /**
   * A token, and what there is under it now.
   *
   * @param bytes as {@link io.tyer.server.access.Quotas#bytes} counts them
   */
  record TokenView(AccessToken token, int sessions, int tickets, int waiting, long bytes) {}

  /** Done. */
  record Nothing() implements Outcome {}

  /** It had no effect, and never will. */
  record Failed(Why why, String message) implements Outcome {

    /** What members of the release before cannot read, as long as there may be some. */
    public static Failed notAdopted() {
      return new Failed(
          Why.REFUSED,
          "members of the release before do not know this: upgrade all of them, and ask again a"
              + " moment later");
    }

    /**
     * What a token has not the right to; it says nothing about what there is.
     *
     * @param name empty for all names
     */
    public static Failed forbidden(TokenId by, Right right, String name) {
      return new Failed(
          Why.FORBIDDEN,
          "access token "
              + by
              + " has not the right '"
              + right
              + (name.isEmpty() ? "' for all names" : "' for lock \"" + name + "\""));
    }
  }

  /** Why a command had no effect. */
  enum Why {
    /** There is no such session, or no more. */
    SESSION_DEAD,
    /** It asks for more than is allowed. */
    REFUSED,
    /** It was settled by the session before it came. */
    SETTLED,
    /** The token has expired, was revoked, or never was. */
    NOT_KNOWN,
    /** The token has not the right. */
    FORBIDDEN
  }
}
