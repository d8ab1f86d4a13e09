package io.tyer.server.run;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tyer.command.Refusal;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.Member;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks all members of a group at once, by the addresses that one of them names. */
final class Group {

  private static final long SECONDS = 5;

  private final Connecting connecting;

  Group(Connecting connecting) {
    this.connecting = connecting;
  }

  /** What all of them say; those that do not answer within seconds are shown as such. */
  GroupView view() {
    StatusReply first = new Leader(connecting).status();
    List<ManagedChannel> channels = new ArrayList<>();
    try {
      List<CompletableFuture<MemberView>> asked = new ArrayList<>();
      for (Member member : first.getMembersList()) {
        asked.add(
            member.getId().equals(first.getMember())
                ? CompletableFuture.completedFuture(new MemberView(member, first, ""))
                : ask(member, channels));
      }
      return new GroupView(first, asked.stream().map(CompletableFuture::join).toList());
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private CompletableFuture<MemberView> ask(Member member, List<ManagedChannel> channels) {
    ManagedChannel channel;
    try {
      channel =
          connecting.channel(
              HostPort.parse("its address", member.getClientAddress(), ServerCommand.PORT));
    } catch (Refusal e) {
      return CompletableFuture.completedFuture(
          new MemberView(member, null, String.valueOf(e.getMessage())));
    }
    channels.add(channel);
    Answered answered = new Answered(member);
    LocksGrpc.newStub(channel)
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .status(StatusRequest.getDefaultInstance(), answered);
    return answered.view;
  }

  private static final class Answered implements StreamObserver<StatusReply> {
    private final Member member;
    private final CompletableFuture<MemberView> view = new CompletableFuture<>();

    Answered(Member member) {
      this.member = member;
    }

    @Override
    public void onNext(StatusReply reply) {
      view.complete(new MemberView(member, reply, ""));
    }

    @Override
    public void onError(Throwable thrown) {
      view.complete(new MemberView(member, null, Status.fromThrowable(thrown).getCode().name()));
    }

    @Override
    public void onCompleted() {
      view.complete(new MemberView(member, null, "no reply"));
    }
  }
}
