package io.tyer.server.door;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, in whatever state. Of those that are too many, some are let in
 * for a moment, to be told so by the answer to their first call; the rest are closed at once.
 */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter implements ServerInterceptor {

  /** How many are told at once why they are refused. */
  static final int TOLD = 64;

  private static final int TOLD_SECONDS = 5;

  private final int most;
  private final Refused turnedAway;
  private final AtomicInteger open = new AtomicInteger();

  /** The other sides of those that are too many. */
  private final Set<SocketAddress> refused = ConcurrentHashMap.newKeySet();

  /** Those on which nobody was let in yet, where somebody has to be. */
  private final ConcurrentMap<SocketAddress, Unproved> unproved = new ConcurrentHashMap<>();

  private final boolean proves;

  private record Unproved(Channel connection, long since) {}

  /**
   * At most so many.
   *
   * @param proves whether those on which nobody is let in are closed after a while
   */
  Connections(int most, boolean proves, Refused turnedAway) {
    this.most = most;
    this.turnedAway = turnedAway;
    this.proves = proves;
  }

  /** Somebody was let in on this connection. */
  void proved(@Nullable SocketAddress other) {
    if (proves && other != null) {
      unproved.remove(other);
    }
  }

  /** Closes those on which nobody was let in for so long. */
  void sweep(long now, long nanos) {
    for (Unproved one : unproved.values()) {
      if (now - one.since() > nanos) {
        ChannelFuture unused = one.connection().close();
      }
    }
  }

  /** How many there are. */
  int count() {
    return open.get();
  }

  /** A connection was accepted, and nothing is read from it yet. */
  @Override
  public void channelRead(ChannelHandlerContext listening, Object accepted) {
    Channel connection = (Channel) accepted;
    int count = open.incrementAndGet();
    if (count > most) {
      turnedAway.by(Bound.CONNECTIONS);
    }
    if (count > most + TOLD) {
      connection.unsafe().closeForcibly();
      open.decrementAndGet();
      return;
    }
    ChannelFuture unused = connection.closeFuture().addListener(closed -> open.decrementAndGet());
    SocketAddress other = connection.remoteAddress();
    if (proves && other != null) {
      unproved.put(other, new Unproved(connection, System.nanoTime()));
      unused = connection.closeFuture().addListener(closed -> unproved.remove(other));
    }
    if (count > most) {
      refused.add(other);
      unused = connection.closeFuture().addListener(closed -> refused.remove(other));
      Runnable close =
          () -> {
            ChannelFuture unusedClosing = connection.close();
          };
      Future<?> later = listening.executor().schedule(close, TOLD_SECONDS, TimeUnit.SECONDS);
      unused = connection.closeFuture().addListener(closed -> later.cancel(false));
    }
    listening.fireChannelRead(accepted);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!refused.isEmpty() && isRefused(call)) {
      call.close(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "this server takes " + most + " connections, and has them: come back later"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  private boolean isRefused(ServerCall<?, ?> call) {
    SocketAddress other = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return other != null && refused.contains(other);
  }
}
