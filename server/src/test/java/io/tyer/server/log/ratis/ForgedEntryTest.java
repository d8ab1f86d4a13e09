package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tyer.server.log.NotAppendedException;
import io.tyer.server.log.ReplicatedLog;
import io.tyer.server.replica.MemberInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What could not be applied never reaches a log, by whichever way it comes. */
@Timeout(120)
class ForgedEntryTest {

  private static final byte[] GARBAGE = {0, 1, 2, 3};

  @TempDir Path root;

  @Test
  void anEntryThatCannotBeReadIsNotAppendedByTheLeader() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      ReplicatedLog log = one.log("a");
      CompletableFuture<Object> answer = log.append(one.wordsOf("a").term(), GARBAGE);
      assertThatThrownBy(() -> answer.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(NotAppendedException.class)
          .hasMessageContaining("garbage");
      assertThat(one.append("y")).isEqualTo(2);
      startsAgain(one);
    }
  }

  @Test
  void norIsOneThatComesAsFromAnotherMember() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      MemberInfo a = one.info("a");
      HostPort at = HostPort.parse(a.peerAddress());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(at.host(), at.port()).usePlaintext().build();
      try {
        CompletableFuture<Boolean> appended = new CompletableFuture<>();
        StreamObserver<AppendEntriesRequestProto> stream =
            RaftServerProtocolServiceGrpc.newStub(channel)
                .appendEntries(
                    new StreamObserver<>() {
                      @Override
                      public void onNext(AppendEntriesReplyProto reply) {
                        appended.complete(
                            reply.getResult() == AppendEntriesReplyProto.AppendResult.SUCCESS);
                      }

                      @Override
                      public void onError(Throwable refused) {
                        appended.complete(false);
                      }

                      @Override
                      public void onCompleted() {
                        appended.complete(false);
                      }
                    });
        stream.onNext(forged(one.log("a")));
        assertThat(appended.get(20, TimeUnit.SECONDS)).isFalse();
      } finally {
        channel.shutdownNow();
      }
      startsAgain(one);
    }
  }

  /** By another release, say. */
  @Test
  void oneThatIsInTheLogIsToldWithWhatCanBeDone() throws Exception {
    try (Trio one = new Trio(root, "a").start()) {
      one.append("x");
      one.wordsOf("a").readsGarbage = true;
      one.log("a").append(one.wordsOf("a").term(), GARBAGE).get(60, TimeUnit.SECONDS);
      one.stop("a");
      one.start(one.info("a"), one.initial);
      assertThatThrownBy(() -> one.log("a").stopped().get(60, TimeUnit.SECONDS))
          .hasMessageContaining("of the log cannot be read: garbage")
          .hasMessageContaining("--accept-loss");
      one.stop("a");
      one.acceptsLoss = true;
      one.start(one.info("a"), one.initial);
      one.append("y");
      Trio.await("a snapshot behind it", this::snapshotIsThere);
      one.stop("a");
      one.acceptsLoss = false;
      one.start(one.info("a"), one.initial);
      assertThat(one.append("z")).as("it is accepted once").isNotNull();
      assertThat(one.wordsOf("a").words()).startsWith("x").endsWith("y", "z");
    }
  }

  private boolean snapshotIsThere() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.anyMatch(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"));
    } catch (IOException | UncheckedIOException changing) {
      return false;
    }
  }

  private static void startsAgain(Trio one) throws Exception {
    one.stop("a");
    one.start(one.info("a"), one.initial);
    String leader = one.leader();
    assertThat(one.append("z")).isNotNull();
    assertThat(one.log(leader).stopped()).isNotDone();
    assertThat(one.wordsOf("a").words()).startsWith("x").endsWith("z");
  }

  /** As a leader of a later term would send it. */
  private static AppendEntriesRequestProto forged(ReplicatedLog log) {
    long term = log.status().term() + 1_000;
    long last = log.status().applied();
    LogEntryProto entry =
        LogEntryProto.newBuilder()
            .setTerm(term)
            .setIndex(last + 1)
            .setStateMachineLogEntry(
                StateMachineLogEntryProto.newBuilder()
                    .setLogData(ByteString.copyFrom(GARBAGE))
                    .setClientId(ByteString.copyFrom(new byte[16])))
            .build();
    ByteString group = Home.group(Trio.CLUSTER).toByteString();
    return AppendEntriesRequestProto.newBuilder()
        .setServerRequest(
            RaftRpcRequestProto.newBuilder()
                .setRequestorId(ByteString.copyFromUtf8("evil"))
                .setReplyId(ByteString.copyFromUtf8("a"))
                .setRaftGroupId(RaftGroupIdProto.newBuilder().setId(group))
                .setCallId(1))
        .setLeaderTerm(term)
        .setPreviousLog(TermIndexProto.newBuilder().setTerm(log.status().term()).setIndex(last))
        .addAllEntries(List.of(entry))
        .setLeaderCommit(last + 1)
        .build();
  }
}
