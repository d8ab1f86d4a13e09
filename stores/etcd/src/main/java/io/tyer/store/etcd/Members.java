package io.tyer.store.etcd;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.tyer.spi.LineStoreProvider.Settings;
import io.tyer.store.network.HostPort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The member that is asked, by one connection for all sessions of a store, and the others, one of
 * which takes its place when it does not answer. Clients begin at members of their own, by chance.
 */
final class Members implements AutoCloseable {

  private static final long PING_SECONDS = 20;
  private static final long PONG_SECONDS = 10;
  private static final long LAST_WORDS_SECONDS = 2;
  private static final int LONGEST_MESSAGE = 64 << 20;

  /** A connection to a member. */
  record Link(HostPort member, ManagedChannel channel) {}

  private final List<HostPort> all;
  private final Settings settings;
  private final @Nullable SslContext tls;
  private final UnaryOperator<HostPort> detour;
  private final EventLoopGroup threads = Threads.SHARED.take();
  private final List<Consumer<Link>> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private int next;
  private @Nullable Link current;
  private final Set<ManagedChannel> retired = new HashSet<>();
  private boolean closed;

  /**
   * None is connected yet.
   *
   * @param tls null for plain text
   * @param detour where a member is really reached
   */
  Members(
      List<HostPort> all,
      Settings settings,
      @Nullable SslContext tls,
      UnaryOperator<HostPort> detour) {
    this.all = all;
    this.settings = settings;
    this.tls = tls;
    this.detour = detour;
    this.next = Math.floorMod((int) settings.surroundings().nextLong(), all.size());
  }

  int count() {
    return all.size();
  }

  List<HostPort> all() {
    return all;
  }

  /** The one to be asked now; null once this is closed. */
  @Nullable Link current() {
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      Link found = current;
      if (found == null) {
        HostPort member = all.get(next);
        found = new Link(member, connect(member));
        current = found;
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** A connection of the caller's own. */
  ManagedChannel connect(HostPort member) {
    HostPort at = detour.apply(member);
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

  /** This one did not answer: the next one is asked from now on. What goes on over it goes on. */
  void failed(Link link) {
    lock.lock();
    try {
      if (closed || !link.equals(current)) {
        return;
      }
      current = null;
      next = (next + 1) % all.size();
      retired.removeIf(ManagedChannel::isTerminated);
      retired.add(link.channel());
    } finally {
      lock.unlock();
    }
    ManagedChannel unused = link.channel().shutdown();
    listeners.forEach(listener -> listener.accept(link));
  }

  /** Whether another one has taken its place. */
  boolean isReplaced(Link link) {
    lock.lock();
    try {
      return !link.equals(current) && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Has this told which link is used no longer. */
  void onFailed(Consumer<Link> listener) {
    listeners.add(listener);
  }

  /** Takes that back. */
  void forget(Consumer<Link> listener) {
    listeners.remove(listener);
  }

  /** Breaks all connections. */
  @Override
  public void close() {
    Set<ManagedChannel> channels;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      channels = new HashSet<>(retired);
      if (current != null) {
        channels.add(current.channel());
      }
      current = null;
      retired.clear();
    } finally {
      lock.unlock();
    }
    channels.forEach(ManagedChannel::shutdownNow);
    Thread end = new Thread(null, () -> end(channels), "tyer-etcd-end", 0, false);
    end.setDaemon(true);
    end.start();
  }

  /** Connections have a last word to say, for which their threads must be there. */
  private void end(Set<ManagedChannel> channels) {
    try {
      for (ManagedChannel channel : channels) {
        boolean unused = channel.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; then they have had their time.
    } finally {
      Threads.SHARED.giveBack();
    }
  }
}
