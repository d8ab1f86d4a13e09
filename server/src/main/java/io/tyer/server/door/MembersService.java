package io.tyer.server.door;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.tyer.protocol.v1.AddMemberRequest;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.MembersGrpc;
import io.tyer.protocol.v1.MembersReply;
import io.tyer.protocol.v1.RemoveMemberRequest;
import io.tyer.protocol.v1.TransferRequest;
import io.tyer.server.access.Right;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemberInfo;
import io.tyer.server.replica.Replica;
import io.tyer.server.state.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What operators do to the group. */
final class MembersService extends MembersGrpc.MembersImplBase {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):[0-9]{1,5}");

  private final Streams streams;
  private final Guard guard;

  MembersService(Streams streams, Guard guard) {
    this.streams = streams;
    this.guard = guard;
  }

  @Override
  public void add(AddMemberRequest request, StreamObserver<MembersReply> responses) {
    change(
        "add member " + shown(request.getMember().getId()),
        responses,
        replica -> replica.add(info(request.getMember())));
  }

  @Override
  public void remove(RemoveMemberRequest request, StreamObserver<MembersReply> responses) {
    change(
        "remove member " + shown(request.getId()),
        responses,
        replica -> replica.remove(id(request.getId())));
  }

  @Override
  public void transfer(TransferRequest request, StreamObserver<MembersReply> responses) {
    change(
        "transfer to " + shown(request.getId()),
        responses,
        replica -> replica.transfer(id(request.getId())));
  }

  private void change(
      String what,
      StreamObserver<MembersReply> responses,
      Function<Replica, CompletableFuture<Void>> change) {
    Unary.mayBeCancelled(responses);
    Caller caller = Caller.current();
    if (!guard.may(caller.by(), Right.ADMIN)) {
      String why = Outcome.Failed.forbidden(caller.by(), Right.ADMIN, "").message();
      guard.audit().refused(caller.peer(), caller.by(), what + ": " + why);
      responses.onError(Status.PERMISSION_DENIED.withDescription(why).asRuntimeException());
      return;
    }
    Replica replica = streams.replica().orElse(null);
    if (replica == null || !streams.leading()) {
      responses.onError(Unary.notLeading(streams));
      return;
    }
    CompletableFuture<Void> done;
    try {
      done = change.apply(replica);
    } catch (RuntimeException e) {
      responses.onError(failure(e));
      return;
    }
    CompletableFuture<Void> unused =
        done.whenComplete(
            (nothing, failed) -> {
              guard
                  .audit()
                  .done(caller.peer(), caller.by(), what + (failed == null ? "" : ": failed"));
              answer(responses, failed);
            });
  }

  private void answer(StreamObserver<MembersReply> responses, @Nullable Throwable failed) {
    if (failed != null) {
      responses.onError(failure(failed));
      return;
    }
    Unary.answer(
        streams,
        responses,
        replica ->
            MembersReply.newBuilder().addAllMembers(Replies.members(replica.status())).build());
  }

  /** What the request got wrong is told; anything else is the server's. */
  private static StatusRuntimeException failure(Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException e && e.getCause() != null ? e.getCause() : failed;
    if (cause instanceof IllegalArgumentException refused) {
      return Unary.invalid(refused);
    }
    if (cause instanceof IllegalStateException refused) {
      return Status.FAILED_PRECONDITION.withDescription(refused.getMessage()).asRuntimeException();
    }
    return Unary.broken(cause);
  }

  private static MemberInfo info(Member member) {
    return new MemberInfo(
        id(member.getId()),
        address("peer_address", member.getPeerAddress()),
        address("client_address", member.getClientAddress()),
        member.getHttpAddress().isEmpty() ? "" : address("http_address", member.getHttpAddress()));
  }

  private static String shown(String id) {
    return ID.matcher(id).matches() ? id : "?";
  }

  private static String id(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a member's id is 1 to 64 letters, digits, dots, dashes and underscores");
    }
    return id;
  }

  private static String address(String what, String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new IllegalArgumentException(what + " is host:port, such as lock1.example.org:7654");
    }
    return address;
  }
}
