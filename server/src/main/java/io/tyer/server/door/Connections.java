package io.tyer.server.door;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.tyer.protocol.Headers;
import io.tyer.server.guard.Guard;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, in whatever state. Of those that are too many, some are let in
 * for a moment: to be told so by the answer to their first call, or to stay if an operator turns
 * out to be at the other end.
 */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter implements ServerInterceptor {

  /** How many are told at once why they are refused. */
  static final int TOLD = 64;

  /** How many there are for operators, who may have to see to it that there is room again. */
  static final int OPERATORS = 16;

  private static final int TOLD_SECONDS = 5;

  private final int most;
  private final Guard guard;
  private final Refused turnedAway;
  private final AtomicInteger open = new AtomicInteger();
  private final OperatorPlaces operators = new OperatorPlaces(OPERATORS);

  /** How many there have been; for the thread that accepts them. */
  private long accepted;

  /** By their other sides. */
  private final ConcurrentMap<SocketAddress, One> all = new ConcurrentHashMap<>();

  /** Those that are too many. */
  private final ConcurrentMap<SocketAddress, One> tooMany = new ConcurrentHashMap<>();

  /** At most so many. */
  Connections(int most, Guard guard, Refused turnedAway) {
    this.most = most;
    this.guard = guard;
    this.turnedAway = turnedAway;
  }

  /** Somebody was let in on this connection, by this call. */
  void proved(@Nullable SocketAddress other, Caller caller) {
    One one = other == null ? null : all.get(other);
    if (one != null) {
      one.proved = true;
      one.calls.incrementAndGet();
      caller.whenEnded(one.calls::decrementAndGet);
    }
  }

  /** Somebody was sent away on this connection: from now on it has the time of a new one. */
  void refused(@Nullable SocketAddress other) {
    One one = other == null ? null : all.get(other);
    if (one != null && one.proved) {
      one.since = System.nanoTime();
      one.proved = false;
    }
  }

  /**
   * Closes those on which nobody was let in for so long, whatever is sent on them; but not under a
   * call of somebody who was.
   */
  void sweep(long now, long nanos) {
    for (One one : all.values()) {
      if (guard.demands() && !one.proved && one.calls.get() == 0 && now - one.since > nanos) {
        one.close();
      }
    }
  }

  /** How many there are. */
  int count() {
    return open.get();
  }

  /** A connection was accepted, and nothing is read from it yet. */
  @Override
  public void channelRead(ChannelHandlerContext listening, Object message) {
    Channel connection = (Channel) message;
    SocketAddress other = connection.remoteAddress();
    if (other == null) {
      // It has gone already.
      connection.unsafe().closeForcibly();
      return;
    }
    One one = new One(connection, ++accepted, operators.place());
    boolean more = open.incrementAndGet() - tooMany.size() > most + operators.taken();
    all.put(other, one);
    if (more) {
      turnedAway.by(Bound.CONNECTIONS);
      tooMany.put(other, one);
      makeRoom(one);
    }
    ChannelFuture unused = connection.closeFuture().addListener(closed -> gone(other, one));
    if (more) {
      Future<?> later =
          listening.executor().schedule(() -> one.closeAsTooMany(), TOLD_SECONDS, TimeUnit.SECONDS);
      unused = connection.closeFuture().addListener(closed -> later.cancel(false));
    }
    listening.fireChannelRead(message);
  }

  /** The last one may be an operator's, and the first one has had its time. */
  private void makeRoom(One last) {
    List<One> told = tooMany.values().stream().filter(one -> !one.closing).toList();
    if (tooMany.size() > 2 * TOLD) {
      // Those that are being closed do not go as fast as others come.
      last.close();
    } else if (told.size() > TOLD) {
      told.stream().min(Comparator.comparingLong(one -> one.place)).ifPresent(One::close);
    }
  }

  private void gone(SocketAddress other, One one) {
    all.remove(other, one);
    tooMany.remove(other, one);
    one.operators.end();
    open.decrementAndGet();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress other = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    One one = other == null || tooMany.isEmpty() ? null : tooMany.get(other);
    if (one != null && !staysForOperator(other, one, headers)) {
      call.close(
          Status.RESOURCE_EXHAUSTED.withDescription(
              "this server takes " + most + " connections, and has them: come back later"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  private boolean staysForOperator(SocketAddress other, One one, Metadata headers) {
    if (!guard.isOperators(headers.get(Headers.AUTHORIZATION))) {
      return false;
    }
    if (!one.operators.take()) {
      return false;
    }
    tooMany.remove(other, one);
    return true;
  }

  /** One connection. */
  private static final class One {
    private final Channel connection;
    private final long place;
    private volatile long since = System.nanoTime();
    private volatile boolean proved;

    /** Of those who were let in. */
    private final AtomicInteger calls = new AtomicInteger();

    private final OperatorPlaces.Place operators;
    private volatile boolean closing;

    One(Channel connection, long place, OperatorPlaces.Place operators) {
      this.connection = connection;
      this.place = place;
      this.operators = operators;
    }

    void closeAsTooMany() {
      if (!operators.isTaken()) {
        close();
      }
    }

    /** At once: asked politely, HTTP/2 waits for its calls to end, which a client never does. */
    void close() {
      closing = true;
      connection
          .eventLoop()
          .execute(() -> connection.unsafe().close(connection.unsafe().voidPromise()));
    }
  }
}
