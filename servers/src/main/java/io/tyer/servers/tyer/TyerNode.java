package io.tyer.servers.tyer;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.LocksGrpc.LocksBlockingStub;
import io.tyer.protocol.v1.MembersGrpc;
import io.tyer.protocol.v1.MembersReply;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.protocol.v1.TokensGrpc;
import io.tyer.protocol.v1.TransferRequest;
import io.tyer.servers.group.Member;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One member in a process of its own. */
public final class TyerNode implements Member {

  private static final long ANSWERS_WITHIN_SECONDS = 5;

  private final MemberPlan plan;
  private final Access access;
  private final ServerProcess process;

  /**
   * One that is not started yet.
   *
   * @param members all of them, as ID=PEER/CLIENT
   */
  TyerNode(MemberPlan plan, Access access, List<String> members) throws IOException {
    this.plan = plan;
    this.access = access;
    Files.createDirectories(plan.directory());
    this.process =
        new ServerProcess(
            plan.directory(),
            plan.host(),
            plan.port(),
            "member.txt",
            plan.command(access, members),
            plan.environment(),
            this::serves);
  }

  @Override
  public boolean serves() throws IOException {
    StatusReply status = status();
    return status.getLeading() || !status.getLeader().isEmpty();
  }

  /** Its term. */
  @Override
  public OptionalLong leadsSince() throws IOException {
    StatusReply status = status();
    return status.getLeading() ? OptionalLong.of(status.getTerm()) : OptionalLong.empty();
  }

  @Override
  public long applied() throws IOException {
    return status().getApplied();
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(plan.host(), plan.port());
  }

  /** Where it answers plain HTTP. */
  URI http() {
    return URI.create("http://" + plan.host() + ":" + plan.http());
  }

  @Override
  public String id() {
    return plan.id();
  }

  @Override
  public String toString() {
    return process.toString();
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  /** How it sees the group. */
  public StatusReply status() throws IOException {
    return ask(stub -> stub.status(StatusRequest.getDefaultInstance()));
  }

  /** Has it, which leads, hand the lead over to another member. */
  void handOverTo(TyerNode other) throws IOException {
    TransferRequest request = TransferRequest.newBuilder().setId(other.id()).build();
    MembersReply unused =
        call(channel -> within(MembersGrpc.newBlockingStub(channel)).transfer(request));
  }

  /** Asks it something, on a connection of its own. */
  <T> T ask(Function<LocksBlockingStub, T> question) throws IOException {
    return call(channel -> question.apply(within(LocksGrpc.newBlockingStub(channel))));
  }

  /** The same about tokens. */
  <T> T askOfTokens(Function<TokensGrpc.TokensBlockingStub, T> question) throws IOException {
    return call(channel -> question.apply(within(TokensGrpc.newBlockingStub(channel))));
  }

  private static <S extends AbstractStub<S>> S within(S stub) {
    return stub.withDeadlineAfter(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  private <T> T call(Function<ManagedChannel, T> question) throws IOException {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address(), access.credentials()).directExecutor();
    access.tokens().ifPresent(tokens -> builder.intercept(tokens.asOperator()));
    ManagedChannel channel = builder.build();
    try {
      return question.apply(channel);
    } catch (StatusRuntimeException e) {
      throw new IOException("the member at " + this + ": " + e.getMessage(), e);
    } finally {
      ManagedChannel unused = channel.shutdownNow();
    }
  }
}
