package io.tyer.server.door;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContext;
import io.tyer.server.access.TokenId;
import io.tyer.server.guard.Guard;
import io.tyer.server.guard.Unread;
import io.tyer.server.replica.Replica;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients come in: a gRPC server in front of one member. */
public final class Door implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final int RESETS = 500;
  private static final int RESETS_SECONDS = 10;
  private static final int CLOSE_MILLIS = 2_000;

  private final Refused refused = new Refused();
  private final Streams streams = new Streams();
  private final Guard guard;
  private final Connections connections;
  private final long withoutSession;
  private final Unread unread;
  private final UnaryCalls unaryCalls;
  private final Transport transport;
  private final Server server;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(Door::sweeperThread);

  private Door(InetSocketAddress listen, Optional<SslContext> tls, DoorLimits limits, Guard guard)
      throws IOException {
    this.guard = guard;
    withoutSession = limits.withoutSession().toNanos();
    connections = new Connections(limits.connections(), guard, refused);
    unread = new Unread(limits.unreadBytes());
    unaryCalls = new UnaryCalls(limits, refused, unread);
    transport = new Transport(connections);
    try {
      server = server(listen, tls, limits).start();
    } catch (IOException | RuntimeException e) {
      transport.close();
      throw e;
    }
    long period = Math.min(limits.unreadFor().toNanos(), limits.withoutSession().toNanos()) / 4;
    ScheduledFuture<?> unused =
        sweeper.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.NANOSECONDS);
  }

  /**
   * Listens for clients, who find no leader until {@link #serve} gives them a member.
   *
   * @param listen where; port 0 for any free one
   * @param tls how connections are secured; empty for plain text
   * @param guard whom it lets in
   * @throws IOException if it cannot listen there
   */
  public static Door open(
      InetSocketAddress listen, Optional<SslContext> tls, DoorLimits limits, Guard guard)
      throws IOException {
    PeerFaults.areNoWarnings();
    return new Door(listen, tls, limits, guard);
  }

  private Server server(InetSocketAddress listen, Optional<SslContext> tls, DoorLimits limits) {
    NettyServerBuilder builder =
        transport
            .on(NettyServerBuilder.forAddress(listen))
            .directExecutor()
            .addStreamTracerFactory(new ResettableCalls())
            // The last one is asked first.
            .intercept(unaryCalls)
            .intercept(new Caller.Interceptor(guard, streams, connections, refused))
            .intercept(connections)
            .addService(ReadableCalls.of(new LocksService(streams, limits, guard, refused, unread)))
            .addService(ReadableCalls.of(new MembersService(streams, guard)))
            .addService(ReadableCalls.of(new TokensService(streams, guard)))
            .maxInboundMessageSize(limits.messageBytes())
            .maxConcurrentCallsPerConnection(limits.streamsPerConnection())
            .maxRstFramesPerWindow(RESETS, RESETS_SECONDS)
            .handshakeTimeout(limits.withoutSession().toNanos(), TimeUnit.NANOSECONDS)
            .maxConnectionIdle(limits.connectionIdle().toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTime(limits.pingAfter().toNanos(), TimeUnit.NANOSECONDS)
            .keepAliveTimeout(limits.pingTimeout().toNanos(), TimeUnit.NANOSECONDS)
            .permitKeepAliveTime(1, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    tls.ifPresent(builder::sslContext);
    return builder.build();
  }

  /** Listens to a member, and lets clients to it; it is the caller's to close, after the door. */
  public void serve(Replica replica) {
    guard.serve(replica);
    streams.serve(replica);
  }

  /** Ends the streams that were begun under the operator's token: it is another one now. */
  public void sendOperatorsAway() {
    streams.sendAway(TokenId.NONE);
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /** How many streams there are. */
  public int streams() {
    return streams.size();
  }

  /** How many connections there are. */
  public int connections() {
    return connections.count();
  }

  /** How many calls of one request there are. */
  public int unaryCalls() {
    return unaryCalls.count();
  }

  /** About how many bytes were sent to clients that have not read them yet. */
  long unreadBytes() {
    return unread.bytes();
  }

  /** How often it has refused to go on for this reason. */
  public long refused(Bound bound) {
    return refused.count(bound);
  }

  private void sweep() {
    try {
      long now = System.nanoTime();
      streams.sweep(now);
      unaryCalls.sweep(now);
      guard.sweep(now);
      connections.sweep(now, withoutSession);
    } catch (RuntimeException e) {
      LOG.error("Streams could not be looked through", e);
    }
  }

  private static Thread sweeperThread(Runnable task) {
    Thread thread = new Thread(task, "tyer-door");
    thread.setDaemon(true);
    return thread;
  }

  /** Ends all streams, after what was sent on them, and stops listening; within some seconds. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    server.shutdown();
    streams.close();
    boolean interrupted = false;
    try {
      if (!server.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      interrupted = true;
    }
    transport.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
