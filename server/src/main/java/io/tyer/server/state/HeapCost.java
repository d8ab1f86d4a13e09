package io.tyer.server.state;

import io.tyer.line.LockName;
import io.tyer.line.Ticket;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.spi.TicketState;
import java.util.List;

/**
 * About how many bytes of heap it takes to keep something, rather too many than too few: measured
 * on a JVM with compressed references ({@code HeapCostBench}). It is no part of the state, and
 * nothing that is replicated is decided by it.
 */
public final class HeapCost {

  /** Of a session without its owner, outcomes and tickets. */
  static final long SESSION = 500;

  /** Of a ticket that is alone in its line, without texts. */
  static final long TICKET = 600;

  /** Of an outcome without tickets that were in the way. */
  static final long OUTCOME = 130;

  /** Of a session that has ended. */
  static final long DEAD = 200;

  private static final long QUEUED = 300;
  private static final long BLOCKER = 250;
  private static final long TOKEN = 700;
  private static final long GRANT = 200;

  /** Names are kept as text and as bytes, owners as text. */
  private static final long PER_BYTE_OF_TEXT = 2;

  private HeapCost() {}

  /** Of texts with so many bytes of UTF-8, beside what they belong to. */
  static long texts(long bytes) {
    return PER_BYTE_OF_TEXT * bytes;
  }

  /** How many bytes the texts of a ticket have. */
  static int textBytes(LockName name, Ticket ticket) {
    return utf8Bytes(name.text()) + utf8Bytes(ticket.owner());
  }

  /** How many bytes of UTF-8 a text has, without making them. */
  static int utf8Bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      bytes += one < 0x80 ? 1 : one < 0x800 || Character.isSurrogate(one) ? 2 : 3;
    }
    return bytes;
  }

  /** Of an outcome that is kept. */
  static long of(Outcome outcome) {
    if (outcome instanceof Outcome.Ticket ticket) {
      if (ticket.state() instanceof TicketState.Waiting waiting) {
        return OUTCOME + of(waiting.blockers());
      }
      if (ticket.state() instanceof TicketState.Refused refused) {
        return OUTCOME + of(refused.blockers());
      }
    }
    return outcome instanceof Outcome.Failed failed
        ? OUTCOME + texts(failed.message().length())
        : OUTCOME;
  }

  private static long of(List<Ticket> blockers) {
    long cost = 0;
    for (Ticket blocker : blockers) {
      cost += BLOCKER + texts(utf8Bytes(blocker.owner()));
    }
    return cost;
  }

  /** Of a token. */
  static long of(AccessToken token) {
    long cost = TOKEN + texts(utf8Bytes(token.label()));
    for (Grant grant : token.grants()) {
      cost += GRANT + texts(utf8Bytes(grant.prefix()));
    }
    return cost;
  }

  private static long texts(Command.Enter enter) {
    return texts(utf8Bytes(enter.name().text()) + utf8Bytes(enter.ask().owner()));
  }

  /** Of a command that waits for its entry. */
  public static long queued(Command command) {
    if (command instanceof Command.Enter enter) {
      return QUEUED + texts(enter);
    }
    if (command instanceof Command.Leave leave) {
      return QUEUED + texts(leave.name().text().length());
    }
    return command instanceof Command.Check check
        ? QUEUED + texts(check.name().text().length())
        : QUEUED;
  }

  /** At most of what a command leaves behind that was not there before; 0 if that is nothing. */
  public static long left(Command command) {
    if (command instanceof Command.Enter enter) {
      return TICKET + OUTCOME + texts(enter);
    }
    if (command instanceof Command.Open open) {
      return SESSION + DEAD + texts(utf8Bytes(open.owner()));
    }
    return command instanceof Command.CreateToken create ? of(create.token()) : 0;
  }
}
