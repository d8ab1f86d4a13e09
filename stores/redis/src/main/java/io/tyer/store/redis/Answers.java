package io.tyer.store.redis;

import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.spi.StoreException;
import io.tyer.spi.TicketState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what scripts answer. */
final class Answers {

  static final long DEAD = -1;
  static final long NOT_YOURS = -2;

  private static final long GRANTED = 1;
  private static final long WAITING = 2;
  private static final long REFUSED = 3;

  // A ticket's fields, in this order.
  private static final int REQUEST = 0;
  private static final int WHO = 1;
  private static final int FLAGS = 2;
  private static final int WEIGHT = 3;
  private static final int CAPACITY = 4;
  private static final int SINCE = 5;
  private static final int OWNER = 6;
  private static final int FIELDS = 7;

  // A ticket's flags.
  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int REVOKED = 4;

  private Answers() {}

  /**
   * How a ticket stands.
   *
   * @throws StoreException if the answer is none of these
   */
  static TicketState state(Object answer) throws StoreException {
    if (answer instanceof Long number) {
      return number > 0 ? new TicketState.Granted(number, false, 0) : new TicketState.Gone();
    }
    if (answer instanceof List<?> list && list.size() >= 2) {
      long what = number(list, 0);
      if (what == GRANTED && list.size() >= 4) {
        return new TicketState.Granted(
            number(list, 1), number(list, 2) == 1, (int) number(list, 3));
      }
      if (what == WAITING && list.size() >= 3) {
        return new TicketState.Waiting(number(list, 1), (int) number(list, 2), tickets(list, 3));
      }
      if (what == REFUSED) {
        return new TicketState.Refused((int) number(list, 1), tickets(list, 2));
      }
    }
    throw strange();
  }

  static long number(List<?> list, int index) throws StoreException {
    if (list.get(index) instanceof Long number) {
      return number;
    }
    throw strange();
  }

  /**
   * Members and scores by turns; what is no ticket is left out.
   *
   * @throws StoreException if a ticket cannot be read
   */
  static List<Ticket> tickets(List<?> list, int from) throws StoreException {
    List<Ticket> tickets = new ArrayList<>((list.size() - from) / 2);
    for (int i = from; i + 1 < list.size(); i += 2) {
      String score = text(list.get(i + 1));
      if (!score.equals("0")) {
        tickets.add(ticket(text(list.get(i)), score));
      }
    }
    return tickets;
  }

  /** {@code REQUEST WHO FLAGS WEIGHT CAPACITY SINCE OWNER}. */
  private static Ticket ticket(String member, String score) throws StoreException {
    String[] fields = member.split(" ", FIELDS);
    try {
      int flags = Integer.parseInt(fields[FLAGS]);
      return new Ticket(
          Long.parseLong(score),
          session(fields[WHO]),
          RequestId.parse(fields[REQUEST]),
          fields[OWNER],
          (flags & EXCLUSIVE) != 0,
          Integer.parseInt(fields[WEIGHT]),
          Integer.parseInt(fields[CAPACITY]),
          (flags & RECALLABLE) != 0,
          (flags & REVOKED) != 0,
          Long.parseLong(fields[SINCE]));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "a line holds what is no ticket: somebody else wrote it", e);
    }
  }

  /** The session's id within {@code SESSION.TTL}. */
  private static SessionId session(String who) {
    return SessionId.parse(who.substring(0, who.indexOf('.')));
  }

  /**
   * A text.
   *
   * @throws StoreException if it is none
   */
  static String text(Object element) throws StoreException {
    return new String(bytes(element), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of a text.
   *
   * @throws StoreException if it is none
   */
  static byte[] bytes(Object element) throws StoreException {
    if (element instanceof byte[] bytes) {
      return bytes;
    }
    throw strange();
  }

  static StoreException strange() {
    return new StoreException(
        StoreException.Kind.UNKNOWN, "a script answered what none of this version's does");
  }
}
