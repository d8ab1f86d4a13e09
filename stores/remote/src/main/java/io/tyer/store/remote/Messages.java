package io.tyer.store.remote;

import com.google.protobuf.ByteString;
import io.tyer.line.Ask;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.line.Ticket;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.Enter;
import io.tyer.protocol.v1.Leave;
import io.tyer.protocol.v1.Open;
import io.tyer.protocol.v1.Weaken;
import io.tyer.spi.LineView;
import io.tyer.spi.SessionRequest;
import io.tyer.spi.TicketState;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What is said, between the client's terms and the protocol's. What cannot be read is an {@link
 * IllegalArgumentException}.
 */
final class Messages {

  private static final int ID_BYTES = 16;

  private Messages() {}

  // ---- to the server

  static ClientMessage.Builder open(SessionRequest request) {
    return ClientMessage.newBuilder()
        .setOpen(
            Open.newBuilder()
                .setSecret(ByteString.copyFrom(request.secret().reveal()))
                .setTtlMillis(Math.toIntExact(request.ttl().toMillis()))
                .setOwner(Ask.clipOwner(request.owner()))
                .setPacks(true));
  }

  static ClientMessage.Builder enter(LockName name, Ask ask, boolean onlyIfFree) {
    Enter.Builder enter =
        Enter.newBuilder()
            .setName(bytes(name))
            .setRequest(bytes(ask.request()))
            .setOwner(ask.owner())
            .setExclusive(ask.exclusive())
            .setRecallable(ask.recallable())
            .setOnlyIfFree(onlyIfFree);
    if (!ask.exclusive()) {
      enter.setWeight(ask.weight()).setCapacity(ask.capacity());
    }
    return ClientMessage.newBuilder().setEnter(enter);
  }

  static ClientMessage.Builder leave(LockName name, RequestId request, long number) {
    return ClientMessage.newBuilder()
        .setLeave(
            Leave.newBuilder().setName(bytes(name)).setRequest(bytes(request)).setNumber(number));
  }

  static ClientMessage.Builder weaken(
      LockName name, RequestId request, long number, int weight, int capacity) {
    return ClientMessage.newBuilder()
        .setWeaken(
            Weaken.newBuilder()
                .setName(bytes(name))
                .setRequest(bytes(request))
                .setNumber(number)
                .setWeight(weight)
                .setCapacity(capacity));
  }

  static ClientMessage.Builder check(LockName name, RequestId request, long number) {
    return ClientMessage.newBuilder()
        .setCheck(
            io.tyer.protocol.v1.Check.newBuilder()
                .setName(bytes(name))
                .setRequest(bytes(request))
                .setNumber(number));
  }

  static ByteString bytes(LockName name) {
    return ByteString.copyFrom(name.utf8());
  }

  private static ByteString bytes(RequestId id) {
    byte[] bytes = new byte[ID_BYTES];
    ByteBuffer.wrap(bytes).putLong(id.high()).putLong(id.low());
    return ByteString.copyFrom(bytes);
  }

  // ---- from the server

  static TicketState state(io.tyer.protocol.v1.Reply reply) {
    io.tyer.protocol.v1.TicketState state = reply.getTicket();
    return switch (state.getStateCase()) {
      case GRANTED ->
          new TicketState.Granted(
              state.getGranted().getNumber(),
              state.getGranted().getRevoked(),
              state.getGranted().getBehind());
      case WAITING ->
          new TicketState.Waiting(
              state.getWaiting().getNumber(),
              state.getWaiting().getAhead(),
              tickets(state.getWaiting().getBlockersList()));
      case REFUSED ->
          new TicketState.Refused(
              state.getRefused().getAhead(), tickets(state.getRefused().getBlockersList()));
      case GONE -> new TicketState.Gone();
      case STATE_NOT_SET -> throw new IllegalArgumentException("a reply without a ticket's state");
    };
  }

  /** To Leave and End. */
  static boolean found(io.tyer.protocol.v1.Reply reply) {
    if (!reply.hasFound()) {
      throw new IllegalArgumentException("a reply that does not say whether there was anything");
    }
    return reply.getFound();
  }

  /** To Open and Beat. */
  static boolean attention(io.tyer.protocol.v1.Reply reply) {
    if (!reply.hasAlive()) {
      throw new IllegalArgumentException("a reply that does not say that the session is alive");
    }
    return reply.getAlive().getAttention();
  }

  static LineView line(io.tyer.protocol.v1.LineView line) {
    return new LineView(
        name(line.getName()),
        tickets(line.getTicketsList()),
        List.copyOf(line.getGrantedList()),
        line.getOmitted());
  }

  private static List<Ticket> tickets(List<io.tyer.protocol.v1.Ticket> tickets) {
    return tickets.stream().map(Messages::ticket).toList();
  }

  private static Ticket ticket(io.tyer.protocol.v1.Ticket ticket) {
    ByteBuffer session = id(ticket.getSession());
    boolean exclusive = ticket.getExclusive();
    return new Ticket(
        ticket.getNumber(),
        new SessionId(session.getLong(), session.getLong()),
        request(ticket.getRequest()),
        ticket.getOwner(),
        exclusive,
        exclusive ? 1 : ticket.getWeight(),
        exclusive ? 1 : ticket.getCapacity(),
        ticket.getRecallable(),
        ticket.getRevoked(),
        ticket.getSince());
  }

  static LockName name(ByteString bytes) {
    if (!bytes.isValidUtf8()) {
      throw new IllegalArgumentException("a lock name that is not UTF-8");
    }
    return LockName.of(bytes.toStringUtf8());
  }

  static RequestId request(ByteString bytes) {
    ByteBuffer id = id(bytes);
    return new RequestId(id.getLong(), id.getLong());
  }

  private static ByteBuffer id(ByteString bytes) {
    if (bytes.size() != ID_BYTES) {
      throw new IllegalArgumentException("an id of " + bytes.size() + " bytes");
    }
    return bytes.asReadOnlyByteBuffer();
  }
}
