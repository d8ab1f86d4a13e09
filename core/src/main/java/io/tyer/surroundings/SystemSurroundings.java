package io.tyer.surroundings;

import io.tyer.spi.Cancellable;
import io.tyer.spi.Surroundings;
import java.security.SecureRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The real machine: the only place that reads the system's clocks. */
public final class SystemSurroundings implements Surroundings, AutoCloseable {

  private static final SecureRandom SECRETS = new SecureRandom();

  private final Timer timer;
  private final ExecutorService io;
  private final CallbackThreads ownCallbacks;
  private final Executor callbacks;

  /**
   * Threads are made when first needed; all are daemons.
   *
   * @param callbacks where users' code runs; null for threads of this client's own
   */
  public SystemSurroundings(@Nullable Executor callbacks) {
    timer = new Timer(System::nanoTime, task -> daemon("tyer-timer", task));
    io = pool("tyer-io");
    CallbackThreads own =
        new CallbackThreads(
            threads("tyer-callback"), timer::schedule, Runtime.getRuntime().availableProcessors());
    this.ownCallbacks = own;
    this.callbacks = callbacks == null ? own : callbacks;
  }

  /** As many threads as there is work; what comes after closing still gets one. */
  private static ThreadPoolExecutor pool(String name) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        threads(name),
        (task, closed) -> daemon(name, task).start());
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> daemon(name + "-" + count.incrementAndGet(), task);
  }

  /** A daemon that keeps no class loader of its creator alive. */
  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(null, task, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(SystemSurroundings.class.getClassLoader());
    return thread;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public Cancellable schedule(long delayNanos, Runnable task) {
    return timer.schedule(delayNanos, task);
  }

  /** How many tasks wait for their time. */
  public int scheduledTasks() {
    return timer.state().waiting();
  }

  @Override
  public long nextLong() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public void nextSecret(byte[] target) {
    SECRETS.nextBytes(target);
  }

  @Override
  public Executor io() {
    return io;
  }

  @Override
  public Executor callbacks() {
    return callbacks;
  }

  @Override
  public void startThread(String purpose, Runnable task) {
    daemon("tyer-" + purpose, task).start();
  }

  /** Ends the timer and lets idle threads go; running tasks finish. */
  @Override
  public void close() {
    timer.close();
    io.shutdown();
    ownCallbacks.close();
  }
}
