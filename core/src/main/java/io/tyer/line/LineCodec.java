package io.tyer.line;

import static io.tyer.line.MalformedLineException.malformed;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A line as bytes. The form says its own length, so that several can stand in one record, and it is
 * canonical: equal lines have equal bytes, and bytes that are accepted are written again the same.
 *
 * <p>Any bytes may be decoded: they are a line or are refused, in time and memory that their number
 * justifies.
 *
 * <pre>
 * line    version (1 byte, now 1) | last (varint) | count (varint) | count tickets
 * ticket  flags (1 byte) | number, less the previous one's (varint) | session (16) | request (16)
 *         | weight (varint, if shared) | capacity (varint, if shared and bounded)
 *         | since (8) | length of owner (varint) | owner (UTF-8)
 * flags   1 exclusive, 2 recallable, 4 revoked, 8 unbounded
 * varint  seven bits a byte, lowest first, 128 added to all but the last; never longer than needed
 * </pre>
 *
 * Integers of fixed length are big-endian.
 */
@CheckReturnValue
public final class LineCodec {

  private static final int VERSION = 1;

  private static final int EXCLUSIVE = 1;
  private static final int RECALLABLE = 2;
  private static final int REVOKED = 4;
  private static final int UNBOUNDED = 8;

  private static final int MAX_VARINT = 9;

  /** An exclusive ticket without owner, one byte for its number. */
  private static final int MIN_TICKET = 1 + 1 + 16 + 16 + 8 + 1;

  private static final int MAX_TICKET_BUT_OWNER = 1 + 3 * MAX_VARINT + 16 + 16 + 8 + 2;
  private static final int MAX_UTF8_PER_CHAR = 3;
  private static final int MAX_OWNER_BYTES = Ask.MAX_OWNER * MAX_UTF8_PER_CHAR;

  private LineCodec() {}

  /** The bytes of the line. */
  public static byte[] encode(Line line) {
    List<Ticket> tickets = line.tickets();
    int bound = 1 + 2 * MAX_VARINT;
    for (Ticket ticket : tickets) {
      bound += MAX_TICKET_BUT_OWNER + MAX_UTF8_PER_CHAR * ticket.owner().length();
    }
    ByteBuffer out = ByteBuffer.allocate(bound);
    out.put((byte) VERSION);
    putVarint(out, line.last());
    putVarint(out, tickets.size());
    long previous = 0;
    for (Ticket ticket : tickets) {
      putTicket(out, ticket, previous);
      previous = ticket.number();
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /**
   * The line of which these are the bytes, all of them.
   *
   * @throws MalformedLineException if they are not
   */
  public static Line decode(byte[] bytes) throws MalformedLineException {
    return decode(ByteBuffer.wrap(bytes));
  }

  /**
   * The line of which these are the bytes, all that remain; the buffer is read to its end, or left
   * as it was if they are refused.
   *
   * @throws MalformedLineException if they are not
   */
  public static Line decode(ByteBuffer bytes) throws MalformedLineException {
    ByteBuffer in = bytes.duplicate();
    Line line = decodeFrom(in);
    if (in.hasRemaining()) {
      throw malformed("bytes after its end: " + in.remaining());
    }
    bytes.position(in.position());
    return line;
  }

  /**
   * The line that begins at the buffer's position; the position is moved behind it, or left as it
   * was if the bytes are refused.
   *
   * @throws MalformedLineException if no line begins there
   */
  public static Line decodeFrom(ByteBuffer bytes) throws MalformedLineException {
    ByteBuffer in = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    Line line;
    try {
      line = getLine(in);
    } catch (BufferUnderflowException e) {
      throw malformed("it ends too early", e);
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
    bytes.position(in.position());
    return line;
  }

  private static Line getLine(ByteBuffer in) throws MalformedLineException {
    int version = Byte.toUnsignedInt(in.get());
    if (version > VERSION) {
      throw MalformedLineException.newer(Integer.toString(version), VERSION);
    }
    if (version != VERSION) {
      throw malformed("there is no format " + version);
    }
    long last = getVarint(in, Ticket.MAX_NUMBER);
    int count = (int) getVarint(in, Line.MAX_LENGTH);
    if ((long) count * MIN_TICKET > in.remaining()) {
      throw malformed(count + " tickets in " + in.remaining() + " bytes");
    }
    List<Ticket> tickets = new ArrayList<>(count);
    long previous = 0;
    for (int i = 0; i < count; i++) {
      Ticket ticket = getTicket(in, previous);
      tickets.add(ticket);
      previous = ticket.number();
    }
    return Line.of(last, tickets);
  }

  private static void putTicket(ByteBuffer out, Ticket ticket, long previous) {
    boolean bounded = !ticket.exclusive() && ticket.capacity() != Ask.UNBOUNDED;
    int flags =
        (ticket.exclusive() ? EXCLUSIVE : 0)
            | (ticket.recallable() ? RECALLABLE : 0)
            | (ticket.revoked() ? REVOKED : 0)
            | (ticket.exclusive() || bounded ? 0 : UNBOUNDED);
    out.put((byte) flags);
    putVarint(out, ticket.number() - previous);
    out.putLong(ticket.session().high()).putLong(ticket.session().low());
    out.putLong(ticket.request().high()).putLong(ticket.request().low());
    if (!ticket.exclusive()) {
      putVarint(out, ticket.weight());
    }
    if (bounded) {
      putVarint(out, ticket.capacity());
    }
    out.putLong(ticket.since());
    byte[] owner = ticket.owner().getBytes(UTF_8);
    putVarint(out, owner.length);
    out.put(owner);
  }

  private static Ticket getTicket(ByteBuffer in, long previous) throws MalformedLineException {
    int flags = Byte.toUnsignedInt(in.get());
    boolean exclusive = (flags & EXCLUSIVE) != 0;
    boolean unbounded = (flags & UNBOUNDED) != 0;
    if (flags > (EXCLUSIVE | RECALLABLE | REVOKED | UNBOUNDED) || (exclusive && unbounded)) {
      throw malformed("a ticket with flags " + flags);
    }
    long number = previous + getVarint(in, Ticket.MAX_NUMBER);
    SessionId session = new SessionId(in.getLong(), in.getLong());
    RequestId request = new RequestId(in.getLong(), in.getLong());
    int weight = exclusive ? 1 : (int) getVarint(in, Ask.MAX_PERMITS);
    int capacity = exclusive ? 1 : unbounded ? Ask.UNBOUNDED : (int) getVarint(in, Ask.MAX_PERMITS);
    long since = in.getLong();
    String owner = getOwner(in);
    boolean recallable = (flags & RECALLABLE) != 0;
    boolean revoked = (flags & REVOKED) != 0;
    return new Ticket(
        number, session, request, owner, exclusive, weight, capacity, recallable, revoked, since);
  }

  private static String getOwner(ByteBuffer in) throws MalformedLineException {
    int length = (int) getVarint(in, MAX_OWNER_BYTES);
    if (length > in.remaining()) {
      throw malformed("an owner of " + length + " bytes in " + in.remaining());
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    String owner = new String(utf8, UTF_8);
    // What is not UTF-8 was replaced above, so that it is not written again as it was.
    if (!Arrays.equals(utf8, owner.getBytes(UTF_8))) {
      throw malformed("an owner that is not UTF-8");
    }
    return owner;
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while (rest > 127) {
      out.put((byte) (rest | 128));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long getVarint(ByteBuffer in, long max) throws MalformedLineException {
    long value = 0;
    for (int shift = 0; shift < 7 * MAX_VARINT; shift += 7) {
      byte next = in.get();
      value |= (next & 127L) << shift;
      if (next >= 0) {
        if (next == 0 && shift > 0) {
          throw malformed("a number with more bytes than it needs");
        }
        if (value > max) {
          throw malformed("the number " + value + " where " + max + " is the largest");
        }
        return value;
      }
    }
    throw malformed("a number that does not end");
  }
}
