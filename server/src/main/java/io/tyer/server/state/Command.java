package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.TokenId;
import java.util.OptionalLong;

/** One thing that the state machine is asked to do. */
public sealed interface Command {

  /** What a session asks; the session is proved by its secret before the command is made. */
  sealed interface OfSession extends Command {

    /** Whose command it is. */
    SessionId session();
  }

  /** What says under which token it is asked for. */
  sealed interface ByToken extends Command {

    /** The token, whose secret was proved before the command is made. */
    TokenId by();
  }

  /**
   * What is done once, however often it is asked for: its outcome is kept under its sequence number
   * until the session says that it is settled.
   */
  sealed interface Once extends OfSession {

    /** Its place among the session's commands. */
    Place place();
  }

  /**
   * A command's place.
   *
   * @param sequence its number, from 1; the same when it is asked for again
   * @param settled all numbers below are answered or given up; at most {@code sequence}
   */
  record Place(long sequence, long settled) {}

  /**
   * Opens a session, or finds it if it is there: with {@link Outcome.Alive} either way. Refused
   * once the session has entered, left or weakened: then this is not its client's, asked again.
   *
   * @param ttlMillis how long it lives without a sign of life
   * @param owner a label for people
   * @param by what is done in the session is done under this token
   */
  record Open(SessionId session, long ttlMillis, String owner, TokenId by)
      implements OfSession, ByToken {

    /**
     * Checks only what could not be written down.
     *
     * @throws IllegalArgumentException if the owner is not Unicode text
     */
    public Open {
      Wire.checkText("owner", owner);
    }

    /** Without a token. */
    public Open(SessionId session, long ttlMillis, String owner) {
      this(session, ttlMillis, owner, TokenId.NONE);
    }
  }

  /**
   * Keeps a session alive, and asks how its tickets stand: {@link Outcome.Attached}.
   *
   * @param by under which the session goes on, if it was another one until now
   */
  record Attach(SessionId session, TokenId by) implements OfSession, ByToken {

    /** Without a token. */
    public Attach(SessionId session) {
      this(session, TokenId.NONE);
    }
  }

  /** Keeps a session alive: {@link Outcome.Alive}. */
  record Beat(SessionId session) implements OfSession {}

  /**
   * Takes a ticket, or finds the request's: {@link Outcome.Ticket}.
   *
   * @param ask of the same session
   */
  record Enter(Place place, LockName name, Ask ask, boolean onlyIfFree) implements Once {

    @Override
    public SessionId session() {
      return ask.session();
    }
  }

  /**
   * Removes a ticket of the session: {@link Outcome.Found}.
   *
   * @param number 0 where it is not known
   */
  record Leave(SessionId session, Place place, LockName name, RequestId request, long number)
      implements Once {}

  /** Makes a granted exclusive ticket of the session a shared one: {@link Outcome.Ticket}. */
  record Weaken(
      SessionId session,
      Place place,
      LockName name,
      RequestId request,
      long number,
      int weight,
      int capacity)
      implements Once {}

  /** Asks how a ticket of the session stands: {@link Outcome.Ticket}. */
  record Check(SessionId session, LockName name, RequestId request, long number)
      implements OfSession {}

  /** Ends the session, for good, and removes its tickets: {@link Outcome.Found}. */
  record End(SessionId session) implements OfSession {}

  /**
   * Marks a ticket, or all granted ones, as revoked, or removes them at once: {@link
   * Outcome.Revoked}.
   */
  record Revoke(LockName name, OptionalLong number, boolean now, TokenId by) implements ByToken {

    /** Without a token. */
    public Revoke(LockName name, OptionalLong number, boolean now) {
      this(name, number, now, TokenId.NONE);
    }
  }

  /**
   * Asks for lines that are not empty, ordered by the bytes of their names: {@link Outcome.Listed}.
   *
   * @param prefix of their names
   * @param after continues behind this name; empty from the first
   * @param limit at most so many, and at most as many as {@link Bounds} allow at once; 0 or less
   *     for as many as they allow
   * @param by only lines are listed that this token may read
   */
  record List(String prefix, String after, int limit, TokenId by) implements ByToken {

    /**
     * Checks only what could not be written down.
     *
     * @throws IllegalArgumentException if prefix or after are not Unicode text
     */
    public List {
      Wire.checkText("prefix", prefix);
      Wire.checkText("after", after);
    }

    /** Without a token. */
    public List(String prefix, String after, int limit) {
      this(prefix, after, limit, TokenId.NONE);
    }
  }

  /** Has a token count from now on, if it does not yet: {@link Outcome.Nothing}. */
  record CreateToken(AccessToken token, TokenId by) implements ByToken {}

  /**
   * Has a token count no more: {@link Outcome.Found}. Its sessions are kept alive no longer, lose
   * the tickets that wait, and may only leave.
   */
  record RevokeToken(TokenId id, TokenId by) implements ByToken {}

  /**
   * Asks for tokens: {@link Outcome.Tokens}.
   *
   * @param after continues behind this one; {@link TokenId#NONE} from the first
   * @param limit at most so many; 0 or less for as many as {@link Bounds} allow at once
   */
  record ListTokens(TokenId after, int limit, TokenId by) implements ByToken {}

  /** Lets time pass, which an entry does by itself: {@link Outcome.Nothing}. */
  record Tick() implements Command {}

  /**
   * Has all members apply entries as this version does, from now on and for good: {@link
   * Outcome.Nothing}. Proposed only while every member is known to have that version.
   *
   * @param version that of {@link EntryCodec} which knows this behaviour
   */
  record Adopt(int version) implements Command {

    /**
     * Checks that there is something to adopt.
     *
     * @throws IllegalArgumentException for a version whose entries say nothing of versions
     */
    public Adopt {
      if (version <= Adopted.FIRST) {
        throw new IllegalArgumentException("version " + version + " cannot be adopted");
      }
    }
  }

  /**
   * Has all numbers that are given out from now on be larger than this one: {@link
   * Outcome.Nothing}. It never lowers them.
   *
   * @param floor 0 to {@link Bounds#MAX_FLOOR}
   */
  record RaiseNumbers(long floor) implements Command {

    /**
     * Checks the bound: a wrong clock must not use up all numbers.
     *
     * @throws IllegalArgumentException if the floor is out of bounds
     */
    public RaiseNumbers {
      if (floor < 0 || floor > Bounds.MAX_FLOOR) {
        throw new IllegalArgumentException(
            "numbers are raised to 0 to " + Bounds.MAX_FLOOR + ", not " + floor);
      }
    }
  }
}
