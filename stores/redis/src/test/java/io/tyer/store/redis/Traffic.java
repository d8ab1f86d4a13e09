package io.tyer.store.redis;

import io.tyer.Lease;
import io.tyer.LeaseLostException;
import io.tyer.OptionalLease;
import io.tyer.Tyer;
import io.tyer.TyerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads of several clients that take the same locks all the time, and see whether two hold one at
 * once and whether its tokens grow.
 */
final class Traffic implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> holders = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> tokens = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger grants = new AtomicInteger();
  private volatile boolean stopped;

  /** One thread for each client and name. */
  Traffic(List<Tyer> clients, List<String> names) {
    for (Tyer client : clients) {
      for (String name : names) {
        Thread thread = new Thread(null, () -> run(client, name), "traffic-" + name, 0, false);
        threads.add(thread);
        thread.start();
      }
    }
  }

  private void run(Tyer client, String name) {
    AtomicInteger holding = holders.computeIfAbsent(name, n -> new AtomicInteger());
    AtomicLong last = tokens.computeIfAbsent(name, n -> new AtomicLong());
    while (!stopped) {
      try {
        OptionalLease lease = client.lock(name).tryAcquire(PATIENCE);
        if (lease.isPresent()) {
          hold(lease.get(), name, holding, last);
        } else {
          problems.add(name + " was not granted within " + PATIENCE);
        }
      } catch (InterruptedException e) {
        return;
      } catch (TyerException e) {
        problems.add(name + ": " + e);
      }
    }
  }

  private void hold(Lease lease, String name, AtomicInteger holding, AtomicLong last) {
    try (lease) {
      long token = lease.token();
      int others = holding.getAndIncrement();
      if (lease.isValid() && others > 0) {
        problems.add(name + " is held twice");
      }
      long before = last.getAndAccumulate(token, Math::max);
      if (token <= before) {
        problems.add(name + ": token " + token + " after " + before);
      }
      grants.incrementAndGet();
      holding.getAndDecrement();
    } catch (LeaseLostException e) {
      problems.add(name + ": " + e);
    }
  }

  /** How many leases there were by now. */
  int grants() {
    return grants.get();
  }

  /** What was wrong by now. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Returns once so many more leases were had. */
  void awaitMore(int more) throws InterruptedException {
    int until = grants.get() + more;
    long end = System.nanoTime() + 2 * PATIENCE.toNanos();
    while (grants.get() < until) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("no traffic any more: " + grants + " leases, " + problems);
      }
      Thread.sleep(10);
    }
  }

  /** Ends all threads; what did not end is a problem. */
  void end() {
    stopped = true;
    boolean interrupted = false;
    for (Thread thread : threads) {
      long end = System.nanoTime() + 2 * PATIENCE.toNanos();
      while (thread.isAlive() && System.nanoTime() - end < 0) {
        try {
          thread.join(100);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (thread.isAlive()) {
        problems.add(thread.getName() + " did not end");
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end();
  }
}
