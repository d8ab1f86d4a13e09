package io.tyer.benchmarks.floors;

import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.server.RedisLocation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Floor of a contended lock whose place in line is handed on within a process: the lists of {@link
 * LettuceLines}, one place per client and name, and a local queue, first come, first served, among
 * which a turn is handed on as often as Tyer does by default. Leaving and standing in line again go
 * out together.
 */
public final class LettuceBatons implements Subject {

  private static final int BATONS = 16;

  private final Address address;

  public LettuceBatons(Address address) {
    this.address = address;
  }

  /** What the threads of one client do about one name. */
  private static final class Shared implements Mutex, Mutex.Held {

    private final LineClient lines;
    private final String name;
    private final String place;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Semaphore> waiting = new ArrayDeque<>();
    private boolean taken;
    private int batons;

    Shared(LineClient lines, String name) {
      this.lines = lines;
      this.name = name;
      this.place = lines.place(this::ourTurn);
    }

    @Override
    public Held acquire() throws InterruptedException {
      Semaphore served = new Semaphore(0);
      lock.lock();
      try {
        waiting.add(served);
        if (!taken) {
          taken = true;
          standInLine();
        }
      } finally {
        lock.unlock();
      }
      served.acquire();
      return this;
    }

    @Override
    public void release() throws Exception {
      CompletionStage<Long> left;
      lock.lock();
      try {
        if (batons > 0 && !waiting.isEmpty()) {
          batons--;
          waiting.remove().release();
          return;
        }
        left = lines.leave(name, place);
        if (waiting.isEmpty()) {
          taken = false;
        } else {
          standInLine();
        }
      } finally {
        lock.unlock();
      }
      if (left.toCompletableFuture().get() == 0) {
        throw new IOException("somebody else has the lock " + name);
      }
    }

    private void standInLine() {
      CompletionStage<Void> unused =
          lines
              .enter(name, place)
              .thenAccept(
                  first -> {
                    if (first == 1) {
                      ourTurn();
                    }
                  });
    }

    private void ourTurn() {
      lock.lock();
      try {
        batons = BATONS;
        waiting.remove().release();
      } finally {
        lock.unlock();
      }
    }
  }

  private record Batons(LineClient lines, Map<String, Shared> names) implements Client {

    @Override
    public Mutex mutex(String name) {
      return names.computeIfAbsent(name, wanted -> new Shared(lines, wanted));
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  @Override
  public Set<Ability> abilities() {
    return Set.of(Ability.WAITS);
  }

  @Override
  public boolean spansProcesses() {
    return true;
  }

  @Override
  public Client open() throws IOException {
    return new Batons(new LineClient(RedisLocation.of(address)), new ConcurrentHashMap<>());
  }
}
