package io.tyer.server.door;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** The door's threads, and how it accepts connections. */
final class Transport implements AutoCloseable {

  /** Whoever is just answering a client that has gone needs the threads for a moment longer. */
  private static final int QUIET_MILLIS = 1_000;

  private static final int LONGEST_END_MILLIS = 5_000;

  private final Connections connections;
  private final EventLoopGroup accepting;
  private final EventLoopGroup working;

  Transport(Connections connections) {
    this.connections = connections;
    IoHandlerFactory io = NioIoHandler.newFactory();
    accepting = new MultiThreadIoEventLoopGroup(1, threads("tyer-door-accept"), io);
    // As many as Netty thinks fit.
    working = new MultiThreadIoEventLoopGroup(0, threads("tyer-door-io"), io);
  }

  private static DefaultThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  NettyServerBuilder on(NettyServerBuilder builder) {
    return builder
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(working)
        .channelFactory(this::listening);
  }

  private ServerChannel listening() {
    ServerChannel channel = new NioServerSocketChannel();
    channel.pipeline().addLast(connections);
    return channel;
  }

  /** Ends its threads, some time later; the server has ended before. */
  @Override
  public void close() {
    var unused =
        accepting.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
    unused = working.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
  }
}
