package io.tyer.server.door;

import com.google.protobuf.ByteString;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Enter;
import io.tyer.protocol.v1.Leave;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.Weaken;
import io.tyer.server.access.TokenId;
import io.tyer.server.state.Command;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Makes commands of what clients send. What could not be a command is refused with an {@link
 * IllegalArgumentException} that says why, in words for the client.
 */
final class Requests {

  private static final int ID_BYTES = 16;

  private Requests() {}

  /** The command of a message that is proved to be of this session. */
  static Command command(SessionId session, ClientMessage message, TokenId by) {
    return switch (message.getMessageCase()) {
      case OPEN -> open(session, message.getOpen(), by);
      case ATTACH -> new Command.Attach(session, by);
      case BEAT -> new Command.Beat(session);
      case ENTER -> enter(session, place(message), message.getEnter());
      case LEAVE -> leave(session, place(message), message.getLeave());
      case WEAKEN -> weaken(session, place(message), message.getWeaken());
      case CHECK ->
          new Command.Check(
              session,
              name(message.getCheck().getName()),
              request(message.getCheck().getRequest()),
              number(message.getCheck().getNumber()));
      case END -> new Command.End(session);
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException(
              "a message with nothing in it that this server knows: it speaks tyer.v1");
    };
  }

  static Command list(ListRequest request, TokenId by) {
    if (request.getLimit() < 0) {
      throw new IllegalArgumentException("a limit is below 2^31");
    }
    int limit = request.getLimit() == 0 ? Integer.MAX_VALUE : request.getLimit();
    return new Command.List(
        text("a prefix", request.getPrefix()), text("after", request.getAfter()), limit, by);
  }

  static Command revoke(RevokeRequest request, TokenId by) {
    long number = number(request.getNumber());
    return new Command.Revoke(
        name(request.getName()),
        number == 0 ? OptionalLong.empty() : OptionalLong.of(number),
        request.getNow(),
        by);
  }

  private static Command open(SessionId session, Open open, TokenId by) {
    String owner = open.getOwner();
    if (!owner.equals(Ask.clipOwner(owner))) {
      throw new IllegalArgumentException(
          "an owner has at most "
              + Ask.MAX_OWNER
              + " characters (UTF-16 units), and no control characters");
    }
    return new Command.Open(session, Integer.toUnsignedLong(open.getTtlMillis()), owner, by);
  }

  private static Command enter(SessionId session, Command.Place place, Enter enter) {
    RequestId request = request(enter.getRequest());
    String owner = enter.getOwner();
    boolean recallable = enter.getRecallable();
    Ask ask;
    if (enter.getExclusive()) {
      if (enter.getWeight() != 0 || enter.getCapacity() != 0) {
        throw new IllegalArgumentException("weight and capacity are of shared tickets only");
      }
      ask = Ask.exclusive(session, request, owner, recallable);
    } else {
      ask = Ask.shared(session, request, owner, enter.getWeight(), enter.getCapacity(), recallable);
    }
    return new Command.Enter(place, name(enter.getName()), ask, enter.getOnlyIfFree());
  }

  private static Command leave(SessionId session, Command.Place place, Leave leave) {
    return new Command.Leave(
        session,
        place,
        name(leave.getName()),
        request(leave.getRequest()),
        number(leave.getNumber()));
  }

  private static Command weaken(SessionId session, Command.Place place, Weaken weaken) {
    RequestId request = request(weaken.getRequest());
    Ask checked = Ask.shared(session, request, "", weaken.getWeight(), weaken.getCapacity(), false);
    return new Command.Weaken(
        session,
        place,
        name(weaken.getName()),
        request,
        number(weaken.getNumber()),
        checked.weight(),
        checked.capacity());
  }

  private static Command.Place place(ClientMessage message) {
    long sequence = message.getSequence();
    long settled = message.getSettled();
    if (sequence < 1) {
      throw new IllegalArgumentException("a sequence number is 1 to 2^63 - 1");
    }
    if (settled < 0 || settled > sequence) {
      throw new IllegalArgumentException(
          "settled is at most the message's own sequence number: all numbers below it are settled");
    }
    return new Command.Place(sequence, settled);
  }

  private static LockName name(ByteString bytes) {
    return LockName.of(text("a lock name", bytes));
  }

  private static String text(String what, ByteString bytes) {
    if (bytes.size() > LockName.MAX_BYTES) {
      throw new IllegalArgumentException(
          what + " has at most " + LockName.MAX_BYTES + " bytes; this has " + bytes.size());
    }
    if (!bytes.isValidUtf8()) {
      throw new IllegalArgumentException(what + " is UTF-8 text; this is not");
    }
    return bytes.toStringUtf8();
  }

  private static RequestId request(ByteString bytes) {
    if (bytes.size() != ID_BYTES) {
      throw new IllegalArgumentException(
          "a request id has " + ID_BYTES + " bytes; this has " + bytes.size());
    }
    ByteBuffer id = bytes.asReadOnlyByteBuffer();
    return new RequestId(id.getLong(), id.getLong());
  }

  private static long number(long number) {
    if (number < 0 || number > Ticket.MAX_NUMBER) {
      throw new IllegalArgumentException(
          "a ticket's number is 1 to " + Ticket.MAX_NUMBER + ", or 0 where it is not known");
    }
    return number;
  }
}
