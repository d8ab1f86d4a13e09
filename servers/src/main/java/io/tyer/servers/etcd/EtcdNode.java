package io.tyer.servers.etcd;

import io.etcd.jetcd.api.MaintenanceGrpc;
import io.etcd.jetcd.api.MoveLeaderRequest;
import io.etcd.jetcd.api.MoveLeaderResponse;
import io.etcd.jetcd.api.StatusRequest;
import io.etcd.jetcd.api.StatusResponse;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import io.tyer.servers.group.Member;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One member in a process of its own. */
public final class EtcdNode implements Member {

  private static final long ANSWERS_WITHIN_SECONDS = 5;

  private final EtcdPlan plan;
  private final ServerProcess process;

  /** One that is not started yet. */
  EtcdNode(EtcdPlan plan, Path program, List<EtcdPlan> all) throws IOException {
    this.plan = plan;
    Files.createDirectories(plan.directory());
    this.process =
        new ServerProcess(
            plan.directory(),
            plan.host(),
            plan.port(),
            "etcd.log",
            plan.command(program, all),
            Map.of(),
            this::serves);
  }

  /** Whether it knows who leads: it listens for clients no earlier. */
  @Override
  public boolean serves() throws IOException {
    return status().getLeader() != 0;
  }

  /** Its term. */
  @Override
  public OptionalLong leadsSince() throws IOException {
    StatusResponse status = status();
    return status.getLeader() == status.getHeader().getMemberId()
        ? OptionalLong.of(status.getRaftTerm())
        : OptionalLong.empty();
  }

  @Override
  public long applied() throws IOException {
    return status().getRaftIndex();
  }

  @Override
  public String id() {
    return plan.name();
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(plan.host(), plan.port());
  }

  @Override
  public String toString() {
    return process.toString();
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  /** How it sees the cluster. */
  public StatusResponse status() throws IOException {
    return call(
        channel ->
            within(MaintenanceGrpc.newBlockingStub(channel))
                .status(StatusRequest.getDefaultInstance()));
  }

  /** Has it, which leads, hand the lead over to another member. */
  public void handOverTo(EtcdNode other) throws IOException {
    long target = other.status().getHeader().getMemberId();
    MoveLeaderResponse unused =
        call(
            channel ->
                within(MaintenanceGrpc.newBlockingStub(channel))
                    .moveLeader(MoveLeaderRequest.newBuilder().setTargetID(target).build()));
  }

  /** A stub whose calls end in seconds. */
  public static <S extends AbstractStub<S>> S within(S stub) {
    return stub.withDeadlineAfter(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  /** Asks it something, on a connection of its own. */
  public <T> T call(Function<ManagedChannel, T> question) throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address(), plan.options().credentials())
            .directExecutor()
            .build();
    try {
      return question.apply(channel);
    } catch (StatusRuntimeException e) {
      throw new IOException("the member at " + this + ": " + e.getMessage(), e);
    } finally {
      ManagedChannel unused = channel.shutdownNow();
    }
  }
}
