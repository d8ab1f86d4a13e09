package io.tyer.store.etcd;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The threads of all stores on etcd of this JVM; they end with the last store. */
final class Threads {

  private static final int COUNT = 2;

  /** Connections that were just closed have a last word to say. */
  private static final int QUIET_MILLIS = 50;

  private static final int LONGEST_END_MILLIS = 2_000;
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final AtomicReference<@Nullable Threads> CURRENT = new AtomicReference<>();

  private final EventLoopGroup loops;
  private int users;

  private Threads() {
    AtomicInteger number = new AtomicInteger();
    loops =
        new MultiThreadIoEventLoopGroup(
            COUNT,
            task -> {
              Thread thread =
                  new FastThreadLocalThread(task, "tyer-etcd-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            NioIoHandler.newFactory());
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

  EventLoopGroup loops() {
    return loops;
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
    var unused = loops.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS);
  }
}
