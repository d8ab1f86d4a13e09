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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

  Connections(int most, Refused turnedAway) {
    this.most = most;
    this.turnedAway = turnedAway;
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
    if (count > most) {
      SocketAddress other = connection.remoteAddress();
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
