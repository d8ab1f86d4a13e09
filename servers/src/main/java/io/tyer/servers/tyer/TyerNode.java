package io.tyer.servers.tyer;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tyer.protocol.v1.LocksGrpc;
import io.tyer.protocol.v1.LocksGrpc.LocksBlockingStub;
import io.tyer.protocol.v1.StatusReply;
import io.tyer.protocol.v1.StatusRequest;
import io.tyer.servers.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One member in a process of its own. */
public final class TyerNode {

  private static final long ANSWERS_WITHIN_SECONDS = 5;

  private final ServerProcess process;

  /**
   * One that is not started yet.
   *
   * @param id its name in the group
   * @param members all of them, as ID=PEER/CLIENT
   */
  TyerNode(
      Path directory, String id, int port, List<String> members, Map<String, String> environment)
      throws IOException {
    Files.createDirectories(directory);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName(),
                directory.resolve("data").toString(),
                id,
                Integer.toString(port)));
    command.addAll(members);
    this.process =
        new ServerProcess(directory, port, "member.txt", command, environment, this::servesClients);
  }

  private boolean servesClients() throws IOException {
    StatusReply status = status();
    return status.getLeading() || !status.getLeader().isEmpty();
  }

  /** Where it listens for clients, also while it is down. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port());
  }

  /** {@code HOST:PORT}. */
  @Override
  public String toString() {
    return process.toString();
  }

  /** Its process: killed, paused and started as any. */
  public ServerProcess process() {
    return process;
  }

  /** How it sees the group. */
  public StatusReply status() throws IOException {
    return ask(stub -> stub.status(StatusRequest.getDefaultInstance()));
  }

  /** Asks it something, on a connection of its own. */
  <T> T ask(Function<LocksBlockingStub, T> question) throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address()).usePlaintext().directExecutor().build();
    try {
      return question.apply(
          LocksGrpc.newBlockingStub(channel)
              .withDeadlineAfter(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS));
    } catch (StatusRuntimeException e) {
      throw new IOException("the member at " + this + ": " + e.getMessage(), e);
    } finally {
      ManagedChannel unused = channel.shutdownNow();
    }
  }
}
