package io.tyer.server.run;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.tyer.command.Refusal;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.MembersGrpc;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TokensGrpc;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Asks members. */
final class Leader {

  private static final long SECONDS = 30;

  private final Connecting connecting;

  Leader(Connecting connecting) {
    this.connecting = connecting;
  }

  /** For a call that is made now. */
  static <S extends AbstractStub<S>> S inTime(S stub) {
    return stub.withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
  }

  /** How the member that was named sees the group. */
  StatusReply status() {
    return with(connecting.first(), this::status);
  }

  /** Asks whoever leads about members. */
  <T> T ask(Function<MembersGrpc.MembersBlockingStub, T> question) {
    return askLeader(channel -> question.apply(inTime(MembersGrpc.newBlockingStub(channel))));
  }

  /** Asks whoever leads about tokens. */
  <T> T askOfTokens(Function<TokensGrpc.TokensBlockingStub, T> question) {
    return askLeader(channel -> question.apply(inTime(TokensGrpc.newBlockingStub(channel))));
  }

  private <T> T askLeader(Function<ManagedChannel, T> question) {
    StatusReply status = status();
    HostPort leader = connecting.first();
    if (!status.getLeading()) {
      if (status.getLeader().isEmpty()) {
        throw Refusal.unreachable(
            leader + " knows of no leader now: try again, or ask another member", null);
      }
      leader = HostPort.parse("the leader's address", status.getLeader(), ServerCommand.PORT);
    }
    return with(leader, question);
  }

  private StatusReply status(ManagedChannel channel) {
    return inTime(LocksGrpc.newBlockingStub(channel)).status(StatusRequest.getDefaultInstance());
  }

  private <T> T with(HostPort member, Function<ManagedChannel, T> question) {
    ManagedChannel channel = connecting.channel(member);
    try {
      return question.apply(channel);
    } catch (StatusRuntimeException e) {
      throw connecting.refusal(member, e);
    } finally {
      channel.shutdownNow();
    }
  }
}
