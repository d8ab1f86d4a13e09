package io.tyer.server.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.tyer.server.guard.Guard;
import io.tyer.server.replica.MemoryReplica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** A door in plain text, on loopback, in front of a member in memory. */
final class DoorHouse implements AutoCloseable {

  /** Little, so that a client that does not read is felt soon. */
  private static final int FLOW_WINDOW = 64 * 1024;

  final MemoryReplica replica;
  private final Door door;
  private final List<ManagedChannel> channels = new ArrayList<>();

  DoorHouse() throws IOException {
    this(DoorLimits.DEFAULT);
  }

  DoorHouse(DoorLimits limits) throws IOException {
    this(limits, Guard.none());
  }

  DoorHouse(DoorLimits limits, Guard guard) throws IOException {
    this(limits, guard, new MemoryReplica());
  }

  /** In front of this member, which another door may have, too. */
  DoorHouse(DoorLimits limits, Guard guard, MemoryReplica replica) throws IOException {
    this.replica = replica;
    door =
        Door.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            limits,
            guard);
    door.serve(replica);
  }

  void sendOperatorsAway() {
    door.sendOperatorsAway();
  }

  int port() {
    return door.port();
  }

  /** Waits until there are so many streams. */
  void awaitStreams(int count) {
    await("streams", door::streams, count);
  }

  void awaitConnections(int count) {
    await("connections", door::connections, count);
  }

  void awaitUnaryCalls(int count) {
    await("calls of one request", door::unaryCalls, count);
  }

  long unreadBytes() {
    return door.unreadBytes();
  }

  long refused(Bound bound) {
    return door.refused(bound);
  }

  private static void await(String what, IntSupplier counted, int count) {
    long until = System.nanoTime() + 60_000_000_000L;
    while (counted.getAsInt() != count) {
      assertThat(System.nanoTime()).as("%s: %s", what, counted.getAsInt()).isLessThan(until);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A connection of its own. */
  ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", door.port())
            .usePlaintext()
            .flowControlWindow(FLOW_WINDOW)
            .build();
    channels.add(channel);
    return channel;
  }

  /** A stream on a connection of its own. */
  RawClient client() {
    return RawClient.on(channel());
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    door.close();
    replica.close();
  }
}
