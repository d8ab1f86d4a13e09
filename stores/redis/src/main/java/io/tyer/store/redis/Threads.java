package io.tyer.store.redis;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The threads of all Redis stores of this JVM; they end with the last store. */
final class Threads {

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final AtomicReference<@Nullable Threads> CURRENT = new AtomicReference<>();

  private final ClientResources resources;
  private int users;

  private Threads() {
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .threadFactoryProvider(Threads::daemons)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    channel.pipeline().addFirst(new NoReadFailures());
                    // Requests that answers lead to leave in one system call. Others leave at
                    // once: waiting for more keeps the server idle while clients work.
                    channel
                        .pipeline()
                        .addFirst(
                            new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES,
                                false));
                    channel.pipeline().addLast(new LaterFlushes(Threads::mayWait));
                  }
                })
            .build();
  }

  private static boolean mayWait(Object message) {
    return message instanceof ScriptCommand command && command.maySetOutLater();
  }

  private static ThreadFactory daemons(String pool) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread =
          new io.netty.util.concurrent.FastThreadLocalThread(
              task, "tyer-redis-" + pool + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  static Threads shared() {
    LOCK.lock();
    try {
      Threads threads = CURRENT.get();
      if (threads == null) {
        threads = new Threads();
        CURRENT.set(threads);
      }
      threads.users++;
      return threads;
    } finally {
      LOCK.unlock();
    }
  }

  ClientResources resources() {
    return resources;
  }

  void release() {
    LOCK.lock();
    try {
      if (--users > 0) {
        return;
      }
      CURRENT.compareAndSet(this, null);
    } finally {
      LOCK.unlock();
    }
    var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
