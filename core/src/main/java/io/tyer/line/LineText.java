package io.tyer.line;

import static io.tyer.line.MalformedLineException.malformed;

import java.util.ArrayList;
import java.util.List;

/**
 * A line as text, for columns of a database and for people: printable ASCII and line feeds, a head
 * and a row per ticket. Like {@link LineCodec} it is canonical, and any text may be read: it is a
 * line or is refused.
 *
 * <pre>
 * tyer-line 1 last 57 tickets 2
 * 41 exclusive 0f…(session) 9c…(request) 1767225600000 recallable,revoked "host-1 pid 77 main"
 * 57 shared:2/5 e2…(session) 01…(request) 1767225600250 - "caf\u00e9"
 * </pre>
 *
 * The fields of a row: number, {@code exclusive} or {@code shared:weight/capacity} with {@code *}
 * for an unbounded capacity, session, request, since, marks ({@code -} for none), owner.
 */
@CheckReturnValue
public final class LineText {

  private static final int VERSION = 1;
  private static final String HEAD = "tyer-line ";
  private static final String EXCLUSIVE = "exclusive";
  private static final String SHARED = "shared:";
  private static final String UNBOUNDED = "*";
  private static final List<String> MARKS =
      List.of("-", "recallable", "revoked", "recallable,revoked");
  private static final int FIELDS = 7;

  private LineText() {}

  /** The text of the line. */
  public static String write(Line line) {
    List<Ticket> tickets = line.tickets();
    StringBuilder out = new StringBuilder(40 + 160 * Math.min(tickets.size(), 10_000));
    out.append(HEAD).append(VERSION);
    out.append(" last ").append(line.last());
    out.append(" tickets ").append(tickets.size());
    for (Ticket ticket : tickets) {
      writeRow(out.append('\n'), ticket);
    }
    return out.toString();
  }

  /**
   * The line of which this is the text.
   *
   * @throws MalformedLineException if it is none
   */
  public static Line read(String text) throws MalformedLineException {
    int end = endOfRow(text, 0);
    String[] head = readHead(text.substring(0, end));
    long last = number(head[3]);
    long count = number(head[5]);
    List<Ticket> tickets = new ArrayList<>();
    try {
      while (end < text.length()) {
        int start = end + 1;
        end = endOfRow(text, start);
        tickets.add(readRow(text.substring(start, end)));
      }
      if (tickets.size() != count) {
        throw malformed("it has " + tickets.size() + " tickets and says " + head[5]);
      }
      return Line.of(last, tickets);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static int endOfRow(String text, int start) {
    int feed = text.indexOf('\n', start);
    return feed < 0 ? text.length() : feed;
  }

  private static String[] readHead(String head) throws MalformedLineException {
    String[] fields = head.split(" ", 7);
    if (!head.startsWith(HEAD)) {
      throw malformed("it does not begin with '" + HEAD + "'");
    }
    long version = number(fields[1]);
    if (version > VERSION) {
      throw MalformedLineException.newer(fields[1], VERSION);
    }
    if (version != VERSION) {
      throw malformed("there is no format " + fields[1]);
    }
    if (fields.length != 6 || !fields[2].equals("last") || !fields[4].equals("tickets")) {
      throw malformed("its head is not 'tyer-line 1 last <number> tickets <count>'");
    }
    return fields;
  }

  private static void writeRow(StringBuilder out, Ticket ticket) {
    out.append(ticket.number()).append(' ');
    if (ticket.exclusive()) {
      out.append(EXCLUSIVE);
    } else {
      out.append(SHARED).append(ticket.weight()).append('/');
      if (ticket.capacity() == Ask.UNBOUNDED) {
        out.append(UNBOUNDED);
      } else {
        out.append(ticket.capacity());
      }
    }
    out.append(' ').append(ticket.session()).append(' ').append(ticket.request());
    out.append(' ').append(ticket.since()).append(' ');
    out.append(MARKS.get((ticket.recallable() ? 1 : 0) + (ticket.revoked() ? 2 : 0))).append(' ');
    Quoted.write(out, ticket.owner());
  }

  private static Ticket readRow(String row) throws MalformedLineException {
    // The owner comes last, as it alone may contain blanks.
    String[] fields = row.split(" ", FIELDS);
    if (fields.length != FIELDS) {
      throw malformed("a ticket with " + fields.length + " fields in place of " + FIELDS);
    }
    boolean exclusive = fields[1].equals(EXCLUSIVE);
    int weight = 1;
    int capacity = 1;
    if (!exclusive) {
      int slash = fields[1].indexOf('/');
      if (!fields[1].startsWith(SHARED) || slash < 0) {
        throw malformed("a ticket that is neither exclusive nor shared:weight/capacity");
      }
      weight = permits(fields[1].substring(SHARED.length(), slash));
      String most = fields[1].substring(slash + 1);
      capacity = most.equals(UNBOUNDED) ? Ask.UNBOUNDED : permits(most);
    }
    int marks = MARKS.indexOf(fields[5]);
    if (marks < 0) {
      throw malformed("a ticket with unknown marks");
    }
    return new Ticket(
        number(fields[0]),
        SessionId.parse(fields[2]),
        RequestId.parse(fields[3]),
        Quoted.read(fields[6]),
        exclusive,
        weight,
        capacity,
        (marks & 1) != 0,
        (marks & 2) != 0,
        number(fields[4]));
  }

  private static int permits(String digits) throws MalformedLineException {
    long permits = number(digits);
    if (permits < 1 || permits > Ask.MAX_PERMITS) {
      throw malformed("a weight or capacity of " + digits);
    }
    return (int) permits;
  }

  /** Reads a number written the one way a long is written: no plus, no leading zeros. */
  private static long number(String digits) throws MalformedLineException {
    try {
      long number = Long.parseLong(digits);
      if (Long.toString(number).equals(digits)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, together with the other ways of not being one.
    }
    throw malformed("a field that is not a plain number");
  }
}
