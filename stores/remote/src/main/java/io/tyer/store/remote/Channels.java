package io.tyer.store.remote;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.store.network.HostPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One connection to each member, shared by all sessions of a store. One that has failed or fallen
 * silent is replaced when it is next needed, without the pauses that gRPC would make.
 */
final class Channels implements AutoCloseable {

  /** As often as the server, which closes connections that ask more often. */
  private static final long PING_SECONDS = 20;

  private static final long PONG_SECONDS = 10;
  private static final long LAST_WORDS_SECONDS = 2;
  private static final int LONGEST_MESSAGE = 64 << 20;

  private final Settings settings;
  private final @Nullable SslContext tls;
  private final UnaryOperator<HostPort> detour;
  private final EventLoopGroup threads = Threads.SHARED.take();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<HostPort, ManagedChannel> current = new HashMap<>();
  private final Set<ManagedChannel> retired = new HashSet<>();
  private boolean closed;

  /**
   * None yet.
   *
   * @param tls null for plain text
   * @param detour where a server is really reached
   */
  Channels(Settings settings, @Nullable SslContext tls, UnaryOperator<HostPort> detour) {
    this.settings = settings;
    this.tls = tls;
    this.detour = detour;
  }

  /** The connection to a member, made when it is first used; null once all are closed. */
  @Nullable ManagedChannel to(HostPort server) {
    lock.lock();
    try {
      return closed ? null : current.computeIfAbsent(server, this::make);
    } finally {
      lock.unlock();
    }
  }

  private ManagedChannel make(HostPort server) {
    HostPort at = detour.apply(server);
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(at.host(), at.port())
            .channelType(NioSocketChannel.class)
            .eventLoopGroup(threads)
            .directExecutor()
            .offloadExecutor(settings.surroundings().io())
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(settings.connectTimeout().toMillis(), Integer.MAX_VALUE))
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PONG_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(LONGEST_MESSAGE)
            .disableServiceConfigLookUp()
            .disableRetry();
    if (tls == null) {
      builder.usePlaintext();
    } else {
      builder.sslContext(tls);
    }
    return builder.build();
  }

  /** Lets the next who asks have another one; what goes on over this one goes on. */
  void retire(HostPort server, ManagedChannel channel) {
    lock.lock();
    try {
      retired.removeIf(ManagedChannel::isTerminated);
      if (current.remove(server, channel)) {
        retired.add(channel);
      }
    } finally {
      lock.unlock();
    }
    ManagedChannel unused = channel.shutdown();
  }

  /** Breaks all of them. */
  @Override
  public void close() {
    Set<ManagedChannel> all;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      all = new HashSet<>(current.values());
      all.addAll(retired);
      current.clear();
      retired.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(ManagedChannel::shutdownNow);
    Thread end = new Thread(null, () -> end(all), "tyer-remote-end", 0, false);
    end.setDaemon(true);
    end.start();
  }

  /** Connections have a last word to say, for which their threads must be there. */
  private void end(Set<ManagedChannel> all) {
    try {
      for (ManagedChannel channel : all) {
        boolean unused = channel.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; then they have had their time.
    } finally {
      Threads.SHARED.giveBack();
    }
  }
}
