package io.tyer.server.door;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.RevokeReply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.server.access.Right;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.Unread;
import io.tyer.server.state.Outcome;

/** Sessions, and what operators ask of lines. */
final class LocksService extends LocksGrpc.LocksImplBase {

  private final Streams streams;
  private final Peers peers;
  private final DoorLimits limits;
  private final Guard guard;
  private final Refused refused;
  private final Unread unread;

  LocksService(Streams streams, DoorLimits limits, Guard guard, Refused refused, Unread unread) {
    this.streams = streams;
    this.peers = new Peers(limits.streamsPerPeer());
    this.limits = limits;
    this.guard = guard;
    this.refused = refused;
    this.unread = unread;
  }

  @Override
  public StreamObserver<ClientMessage> session(StreamObserver<ServerMessage> responses) {
    ServerCallStreamObserver<ServerMessage> observer =
        (ServerCallStreamObserver<ServerMessage>) responses;
    Caller caller = Caller.current();
    Outbound out = new Outbound(observer, caller, limits, refused, unread);
    SessionStream stream =
        new SessionStream(streams, limits, guard, refused, caller, observer, out);
    stream.begin();
    if (peers.enter(caller)) {
      streams.add(stream);
    } else {
      refused.by(Bound.STREAMS);
      stream.close(
          Status.RESOURCE_EXHAUSTED,
          "one peer may have " + limits.streamsPerPeer() + " sessions' streams at once");
    }
    return stream;
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListReply> responses) {
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> Requests.list(request, caller.by()),
        outcome -> Replies.list((Outcome.Listed) outcome));
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeReply> responses) {
    Caller caller = Caller.current();
    Unary.ask(
        streams,
        guard,
        caller,
        responses,
        () -> Requests.revoke(request, caller.by()),
        outcome -> {
          int count = ((Outcome.Revoked) outcome).count();
          String name = request.getName().toStringUtf8();
          guard.audit().revoked(caller.peer(), caller.by(), count, name, request.getNow());
          return RevokeReply.newBuilder().setCount(count).build();
        });
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> responses) {
    boolean counts = guard.may(Caller.current().by(), Right.READ);
    Unary.answer(streams, responses, replica -> Replies.status(replica.status(), counts));
  }
}
