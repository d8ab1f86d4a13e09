package io.tyer.server.door;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tyer.line.Ask;
import io.tyer.protocol.v1.ClientMessage;
import io.tyer.protocol.v1.ListReply;
import io.tyer.protocol.v1.ListRequest;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.RevokeReply;
import io.tyer.protocol.v1.RevokeRequest;
import io.tyer.protocol.v1.ServerMessage;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.server.state.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sessions, and what operators ask of lines. */
final class LocksService extends LocksGrpc.LocksImplBase {

  private static final Logger LOG = LoggerFactory.getLogger(LocksService.class);

  private final Streams streams;
  private final Peers peers;
  private final DoorLimits limits;

  LocksService(Streams streams, DoorLimits limits) {
    this.streams = streams;
    this.peers = new Peers(limits.streamsPerPeer());
    this.limits = limits;
  }

  @Override
  public StreamObserver<ClientMessage> session(StreamObserver<ServerMessage> responses) {
    ServerCallStreamObserver<ServerMessage> observer =
        (ServerCallStreamObserver<ServerMessage>) responses;
    Caller caller = Caller.current();
    Outbound out = new Outbound(observer, caller, limits);
    SessionStream stream = new SessionStream(streams, limits, observer, out);
    stream.begin();
    if (peers.enter(caller)) {
      streams.add(stream);
    } else {
      stream.close(
          Status.RESOURCE_EXHAUSTED,
          "one peer may have " + limits.streamsPerPeer() + " sessions' streams at once");
    }
    return stream;
  }

  @Override
  public void list(ListRequest request, StreamObserver<ListReply> responses) {
    Unary.ask(
        streams,
        responses,
        () -> Requests.list(request),
        outcome -> Replies.list((Outcome.Listed) outcome));
  }

  @Override
  public void revoke(RevokeRequest request, StreamObserver<RevokeReply> responses) {
    String peer = Caller.current().peer();
    Unary.ask(
        streams,
        responses,
        () -> Requests.revoke(request),
        outcome -> {
          int count = ((Outcome.Revoked) outcome).count();
          LOG.warn(
              "{} has revoked {} ticket(s) of lock \"{}\"{}",
              peer,
              count,
              Ask.clipOwner(request.getName().toStringUtf8()),
              request.getNow() ? ", at once" : "");
          return RevokeReply.newBuilder().setCount(count).build();
        });
  }

  @Override
  public void status(StatusRequest request, StreamObserver<StatusReply> responses) {
    Unary.answer(streams, responses, replica -> Replies.status(replica.status()));
  }
}
