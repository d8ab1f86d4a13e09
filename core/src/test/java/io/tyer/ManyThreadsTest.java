package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads of one client, and of another, that do whatever may be done to a few locks: nobody is
 * beside an exclusive holder (S1), tokens grow (S2), and nothing is left over (L2, L3).
 */
@Timeout(120)
class ManyThreadsTest {

  private static final int THREADS = 8;
  private static final int NAMES = 3;
  private static final int STEPS = 500;

  /** Who is in a lock: a thread alone, or so many that share it. */
  private static final class Room {
    private static final int ALONE = 1_000_000;

    final AtomicInteger inside = new AtomicInteger();
    final AtomicLong token = new AtomicLong();

    void alone(Lease lease) {
      assertThat(inside.getAndAdd(ALONE)).as("inside beside an exclusive lease").isZero();
      long drawn = lease.token();
      assertThat(drawn).as("token").isGreaterThan(token.getAndSet(drawn));
    }

    void shared() {
      assertThat(inside.getAndIncrement()).as("inside beside a shared lease").isLessThan(ALONE);
    }
  }

  private final List<Room> rooms = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {"bias=false", "bias=true", "bias=true&batons=0", "bias=false&baton-time=0"})
  void leaveNothingOfWhateverTheyDo(String options) throws Exception {
    long seed = Long.getLong("tyer.seed", System.nanoTime());
    for (int i = 0; i < NAMES; i++) {
      rooms.add(new Room());
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (MemoryClients clients = new MemoryClients()) {
      Tyer one = clients.open(options);
      Tyer other = clients.open(options);
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Random random = new Random(seed + i);
        boolean first = i < THREADS - 2;
        done.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < STEPS; step++) {
                    // Nobody else asks for the first room, so that a ticket of it can be kept.
                    int room = first ? random.nextInt(NAMES) : 1 + random.nextInt(NAMES - 1);
                    step(first ? one : other, room, room > 0, random);
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get(100, TimeUnit.SECONDS);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("with -Dtyer.seed=" + seed, e.getCause());
    } finally {
      threads.shutdownNow();
    }
    assertThat(rooms).allMatch(room -> room.inside.get() == 0);
  }

  private void step(Tyer tyer, int number, boolean mayShare, Random random) throws Exception {
    Room room = rooms.get(number);
    String name = "room " + number;
    DistributedReadWriteLock lock = tyer.readWriteLock(name);
    switch (random.nextInt(mayShare ? 10 : 7)) {
      case 0 -> alone(room, tyer.lock(name).acquire());
      case 1 -> often(room, tyer.lock(name));
      case 2 -> tyer.lock(name).tryAcquire().ifPresent(lease -> alone(room, lease));
      case 3 -> {
        Duration wait = Duration.ofNanos(random.nextInt(2_000_000));
        inTime(tyer.lock(name), wait).ifPresent(lease -> alone(room, lease));
      }
      case 4 -> cancelled(room, tyer.lock(name).acquireAsync(), random);
      case 5 -> interrupted(room, tyer.lock(name));
      case 6 -> reentrant(room, tyer.lock(name));
      case 7 -> shared(room, lock.readLock().acquire());
      case 8 -> downgraded(room, lock.writeLock().acquire());
      default ->
          inTime(lock.readLock(), Duration.ofMillis(1)).ifPresent(lease -> shared(room, lease));
    }
  }

  /** A thread that makes the request may be held up for longer than another one waits for it. */
  private static OptionalLease inTime(Acquirable lock, Duration wait) throws InterruptedException {
    try {
      return lock.tryAcquire(wait);
    } catch (OutcomeUnknownException e) {
      return OptionalLease.empty();
    }
  }

  private static void alone(Room room, Lease lease) {
    room.alone(lease);
    room.inside.addAndGet(-Room.ALONE);
    lease.close();
  }

  /** In quick succession and without a token, as bias is made for. */
  private static void often(Room room, DistributedLock lock) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      try (Lease lease = lock.acquire()) {
        assertThat(lease.isValid()).isTrue();
        if (!room.inside.compareAndSet(0, Room.ALONE)) {
          throw new AssertionError("somebody is inside: " + room.inside);
        }
        room.inside.addAndGet(-Room.ALONE);
      }
    }
  }

  private static void shared(Room room, Lease lease) {
    room.shared();
    room.inside.decrementAndGet();
    lease.close();
  }

  private static void cancelled(Room room, CompletableFuture<Lease> later, Random random)
      throws Exception {
    for (int i = random.nextInt(200); i > 0; i--) {
      Thread.onSpinWait();
    }
    if (!later.cancel(false)) {
      alone(room, later.get());
    }
  }

  private static void interrupted(Room room, DistributedLock lock) {
    Thread.currentThread().interrupt();
    try {
      alone(room, lock.acquire());
    } catch (InterruptedException e) {
      // As asked for.
    }
    assertThat(Thread.interrupted()).isFalse();
  }

  private static void downgraded(Room room, Lease lease) {
    room.alone(lease);
    room.inside.addAndGet(1 - Room.ALONE);
    lease.downgrade();
    room.inside.decrementAndGet();
    lease.close();
  }

  private static void reentrant(Room room, DistributedLock lock) {
    JavaLock view = lock.asJavaLock();
    view.lock();
    try {
      view.lock();
      try {
        assertThat(room.inside.getAndAdd(Room.ALONE)).isZero();
        room.inside.addAndGet(-Room.ALONE);
      } finally {
        view.unlock();
      }
    } finally {
      view.unlock();
    }
  }
}
