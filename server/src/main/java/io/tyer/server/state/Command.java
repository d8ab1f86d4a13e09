package io.tyer.server.state;

import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.util.OptionalLong;

/** One thing that the state machine is asked to do. */
public sealed interface Command {

  /** What a session asks; the session is proved by its secret before the command is made. */
  sealed interface OfSession extends Command {

    /** Whose command it is. */
    SessionId session();
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
   * Opens a session, or finds it if it is there: with {@link Outcome.Alive} either way.
   *
   * @param ttlMillis how long it lives without a sign of life
   * @param owner a label for people
   */
  record Open(SessionId session, long ttlMillis, String owner) implements OfSession {

    /**
     * Checks only what could not be written down.
     *
     * @throws IllegalArgumentException if the owner is not Unicode text
     */
    public Open {
      Wire.checkText("owner", owner);
    }
  }

  /** Keeps a session alive, and asks how its tickets stand: {@link Outcome.Attached}. */
  record Attach(SessionId session) implements OfSession {}

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
  record Revoke(LockName name, OptionalLong number, boolean now) implements Command {}

  /**
   * Asks for lines that are not empty, ordered by the bytes of their names: {@link Outcome.Listed}.
   *
   * @param prefix of their names
   * @param after continues behind this name; empty from the first
   * @param limit at most so many, and at most as many as {@link Bounds} allow at once; 0 or less
   *     for as many as they allow
   */
  record List(String prefix, String after, int limit) implements Command {

    /**
     * Checks only what could not be written down.
     *
     * @throws IllegalArgumentException if prefix or after are not Unicode text
     */
    public List {
      Wire.checkText("prefix", prefix);
      Wire.checkText("after", after);
    }
  }

  /** Lets time pass, which an entry does by itself: {@link Outcome.Nothing}. */
  record Tick() implements Command {}
}
