package io.tyer.server.door;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.protocol.v1.Alive;
import io.tyer.protocol.v1.Event;
import io.tyer.protocol.v1.Failure;
import io.tyer.protocol.v1.Gone;
import io.tyer.protocol.v1.Granted;
import io.tyer.protocol.v1.Held;
import io.tyer.protocol.v1.LineView;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListTokensReply;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.Quotas;
import io.tyer.protocol.v1.Refused;
import io.tyer.protocol.v1.Reply;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.Ticket;
import io.tyer.protocol.v1.TicketGranted;
import io.tyer.protocol.v1.TicketState;
import io.tyer.protocol.v1.TokenView;
import io.tyer.protocol.v1.Waiting;
import io.tyer.server.access.AccessToken;
import io.tyer.server.access.Grant;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.replica.ReplicaStatus;
import io.tyer.server.state.Notice;
import io.tyer.server.state.Outcome;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes messages of what came of commands, and of notices. */
final class Replies {

  private Replies() {}

  /**
   * The reply to a session's command.
   *
   * @throws IllegalStateException if no command of a session has such an outcome
   */
  static Reply reply(long sequence, Outcome outcome) {
    Reply.Builder reply = Reply.newBuilder().setSequence(sequence);
    if (outcome instanceof Outcome.Alive alive) {
      reply.setAlive(Alive.newBuilder().setAttention(alive.attention()).setPacks(true));
    } else if (outcome instanceof Outcome.Attached attached) {
      Alive.Builder alive = Alive.newBuilder().setAttention(attached.attention()).setPacks(true);
      attached.tickets().forEach(ticket -> alive.addTickets(held(ticket)));
      reply.setAlive(alive);
    } else if (outcome instanceof Outcome.Ticket ticket) {
      reply.setTicket(state(ticket.state()));
    } else if (outcome instanceof Outcome.Found found) {
      reply.setFound(found.found());
    } else if (outcome instanceof Outcome.Failed failed) {
      reply.setFailure(failure(kind(failed.why()), failed.message()));
    } else {
      throw new IllegalStateException("no outcome of a session's command: " + outcome);
    }
    return reply.build();
  }

  private static Failure.Kind kind(Outcome.Why why) {
    return switch (why) {
      case SESSION_DEAD -> Failure.Kind.SESSION_DEAD;
      case REFUSED, SETTLED -> Failure.Kind.REFUSED;
      case NOT_KNOWN -> Failure.Kind.UNAUTHENTICATED;
      case FORBIDDEN -> Failure.Kind.FORBIDDEN;
    };
  }

  /** The reply where there is no outcome. */
  static Reply failed(long sequence, Replica.Failure failure, String message) {
    Failure.Kind kind =
        failure == Replica.Failure.UNKNOWN ? Failure.Kind.UNKNOWN : Failure.Kind.UNAVAILABLE;
    return Reply.newBuilder().setSequence(sequence).setFailure(failure(kind, message)).build();
  }

  /** The reply to what never became a command. */
  static Reply refused(long sequence, Failure.Kind kind, String message) {
    return Reply.newBuilder().setSequence(sequence).setFailure(failure(kind, message)).build();
  }

  static Event event(Notice notice) {
    Event.Builder event = Event.newBuilder();
    if (notice instanceof Notice.Granted granted) {
      event.setGranted(
          TicketGranted.newBuilder()
              .setName(bytes(granted.name()))
              .setRequest(bytes(granted.request()))
              .setNumber(granted.number()));
    } else if (notice instanceof Notice.Recalled recalled) {
      event.setRecalled(bytes(recalled.name()));
    } else if (notice instanceof Notice.Changed changed) {
      event.setChanged(bytes(changed.name()));
    } else if (notice instanceof Notice.Ended ended) {
      event.setEnded(ended.why());
    }
    return event.build();
  }

  static ListReply list(Outcome.Listed listed) {
    ListReply.Builder reply = ListReply.newBuilder().setMore(listed.more());
    for (io.tyer.spi.LineView line : listed.lines()) {
      LineView.Builder view =
          LineView.newBuilder().setName(bytes(line.name())).setOmitted(line.omitted());
      line.tickets().forEach(ticket -> view.addTickets(ticket(ticket)));
      reply.addLines(view.addAllGranted(line.granted()));
    }
    return reply.build();
  }

  /**
   * What a member says of itself and its group.
   *
   * @param counts whether it says how much there is
   */
  static StatusReply status(ReplicaStatus status, boolean counts) {
    return StatusReply.newBuilder()
        .setCluster(status.cluster())
        .setMember(status.self().id())
        .setLeading(status.leading())
        .setLeader(status.leader().map(MemberInfo::clientAddress).orElse(""))
        .setTerm(status.term())
        .setApplied(status.applied())
        .setSessions(counts ? status.sessions() : 0)
        .setTickets(counts ? status.tickets() : 0)
        .addAllMembers(members(status))
        .build();
  }

  static ListTokensReply tokens(Outcome.Tokens tokens, boolean withHashes) {
    ListTokensReply.Builder reply = ListTokensReply.newBuilder().setMore(tokens.more());
    for (Outcome.TokenView view : tokens.tokens()) {
      AccessToken token = view.token();
      TokenView.Builder one =
          reply
              .addTokensBuilder()
              .setId(token.id().toString())
              .setLabel(token.label())
              .addAllGrants(token.grants().stream().map(Grant::toString).toList())
              .setQuotas(quotas(token.quotas()))
              .setCreated(token.createdMillis())
              .setExpires(token.expiresMillis())
              .setUsed(
                  Quotas.newBuilder()
                      .setSessions(view.sessions())
                      .setTickets(view.tickets())
                      .setWaiting(view.waiting())
                      .setBytes(view.bytes()));
      if (withHashes) {
        one.setHash(ByteString.copyFrom(token.hash().bytes()));
      }
    }
    return reply.build();
  }

  private static Quotas quotas(io.tyer.server.access.Quotas quotas) {
    return Quotas.newBuilder()
        .setSessions(quotas.sessions())
        .setTickets(quotas.tickets())
        .setWaiting(quotas.waiting())
        .setRequestsPerSecond(quotas.requestsPerSecond())
        .setBytes(quotas.bytes())
        .build();
  }

  static List<Member> members(ReplicaStatus status) {
    String leader = status.leader().map(MemberInfo::id).orElse("");
    return status.members().stream()
        .map(
            member ->
                Member.newBuilder()
                    .setId(member.id())
                    .setPeerAddress(member.peerAddress())
                    .setClientAddress(member.clientAddress())
                    .setHttpAddress(member.httpAddress())
                    .setLeading(member.id().equals(leader))
                    .build())
        .toList();
  }

  private static TicketState state(io.tyer.spi.TicketState state) {
    TicketState.Builder told = TicketState.newBuilder();
    if (state instanceof io.tyer.spi.TicketState.Granted granted) {
      told.setGranted(
          Granted.newBuilder()
              .setNumber(granted.number())
              .setRevoked(granted.revoked())
              .setBehind(granted.behind()));
    } else if (state instanceof io.tyer.spi.TicketState.Waiting waiting) {
      told.setWaiting(
          Waiting.newBuilder()
              .setNumber(waiting.number())
              .setAhead(waiting.ahead())
              .addAllBlockers(tickets(waiting.blockers())));
    } else if (state instanceof io.tyer.spi.TicketState.Refused refused) {
      told.setRefused(
          Refused.newBuilder()
              .setAhead(refused.ahead())
              .addAllBlockers(tickets(refused.blockers())));
    } else {
      told.setGone(Gone.getDefaultInstance());
    }
    return told.build();
  }

  private static List<Ticket> tickets(List<io.tyer.line.Ticket> tickets) {
    return tickets.stream().map(Replies::ticket).toList();
  }

  private static Ticket ticket(io.tyer.line.Ticket ticket) {
    return Ticket.newBuilder()
        .setNumber(ticket.number())
        .setSession(bytes(ticket.session()))
        .setRequest(bytes(ticket.request()))
        .setOwner(ticket.owner())
        .setExclusive(ticket.exclusive())
        .setWeight(ticket.weight())
        .setCapacity(ticket.capacity())
        .setRecallable(ticket.recallable())
        .setRevoked(ticket.revoked())
        .setSince(ticket.since())
        .build();
  }

  private static Held held(Outcome.Held held) {
    return Held.newBuilder()
        .setName(bytes(held.name()))
        .setRequest(bytes(held.request()))
        .setNumber(held.number())
        .setGranted(held.granted())
        .setRecalled(held.recalled())
        .build();
  }

  private static Failure failure(Failure.Kind kind, String message) {
    return Failure.newBuilder().setKind(kind).setMessage(message).build();
  }

  private static ByteString bytes(LockName name) {
    return UnsafeByteOperations.unsafeWrap(name.utf8());
  }

  private static ByteString bytes(RequestId id) {
    return bytes(id.high(), id.low());
  }

  private static ByteString bytes(SessionId id) {
    return bytes(id.high(), id.low());
  }

  private static ByteString bytes(long high, long low) {
    return UnsafeByteOperations.unsafeWrap(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
  }
}
