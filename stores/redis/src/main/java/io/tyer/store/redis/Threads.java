package io.tyer.store.redis;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.tyer.store.network.Shared;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of all Redis stores of this JVM; they end with the last store. */
final class Threads {

  static final Shared<ClientResources> SHARED = new Shared<>(Threads::make, Threads::end);

  private Threads() {}

  private static ClientResources make() {
    return DefaultClientResources.builder()
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
                            FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, false));
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

  private static void end(ClientResources resources) {
    var unused = resources.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
