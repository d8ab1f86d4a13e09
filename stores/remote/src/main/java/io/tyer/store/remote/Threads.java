package io.tyer.store.remote;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.tyer.store.network.Shared;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of all lock servers' stores of this JVM; they end with the last store. */
final class Threads {

  static final Shared<EventLoopGroup> SHARED = new Shared<>(Threads::make, Threads::end);

  private static final int COUNT = 2;

  /** Connections that were just closed have a last word to say. */
  private static final int QUIET_MILLIS = 50;

  private static final int LONGEST_END_MILLIS = 2_000;

  private Threads() {}

  private static EventLoopGroup make() {
    AtomicInteger number = new AtomicInteger();
    return new MultiThreadIoEventLoopGroup(
        COUNT,
        task -> {
          Thread thread =
              new FastThreadLocalThread(task, "tyer-remote-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        NioIoHandler.newFactory());
  }

  private static void end(EventLoopGroup loops) {
    var unused = loops.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
  }
}
