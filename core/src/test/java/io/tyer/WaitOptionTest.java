package io.tyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever waits without a time-out of its own waits as long as the option {@code wait} says. */
@Timeout(180)
class WaitOptionTest {

  private static final String NAME = "taken";
  private static final Duration WAIT = Duration.ofMillis(50);

  private final MemoryClients clients = new MemoryClients();
  private final Tyer holder = clients.open();

  @AfterEach
  void close() {
    clients.close();
  }

  /** A way to wait without a time-out. */
  private interface Way {
    Object acquire(Tyer tyer) throws Exception;
  }

  private static Named<Way> way(String name, Way way) {
    return Named.of(name, way);
  }

  static List<Named<Way>> waysToAWriteLock() {
    return Stream.concat(
            ways("lock", tyer -> tyer.lock(NAME)).stream(),
            ways("write lock", tyer -> tyer.readWriteLock(NAME).writeLock()).stream())
        .toList();
  }

  static List<Named<Way>> waysToARead() {
    return ways("read lock", tyer -> tyer.readWriteLock(NAME).readLock());
  }

  static List<Named<Way>> waysToASemaphore() {
    return acquirable("semaphore", tyer -> tyer.semaphore(NAME, 3).taking(2));
  }

  private interface Chosen<A extends Acquirable> {
    A of(Tyer tyer);
  }

  private static List<Named<Way>> acquirable(String kind, Chosen<?> chosen) {
    return List.of(
        way(kind + ": acquire", tyer -> chosen.of(tyer).acquire()),
        way(kind + ": uninterruptibly", tyer -> chosen.of(tyer).acquireUninterruptibly()),
        way(kind + ": async", tyer -> unwrapped(() -> chosen.of(tyer).acquireAsync().join())));
  }

  private static List<Named<Way>> ways(String kind, Chosen<DistributedLock> chosen) {
    return Stream.concat(
            acquirable(kind, chosen).stream(),
            Stream.of(
                way(kind + ": lock", tyer -> locked(chosen.of(tyer).asJavaLock())),
                way(
                    kind + ": lockInterruptibly",
                    tyer -> lockedInterruptibly(chosen.of(tyer).asJavaLock()))))
        .toList();
  }

  private static Object locked(JavaLock lock) {
    lock.lock();
    return lock;
  }

  private static Object lockedInterruptibly(JavaLock lock) throws InterruptedException {
    lock.lockInterruptibly();
    return lock;
  }

  private static Object unwrapped(Callable<Object> wait) throws Exception {
    try {
      return wait.call();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void ends(Way way) {
    Tyer impatient = clients.opened(Tyer.builder(clients.uri()).longestWait(WAIT).open());
    long start = System.nanoTime();
    assertThatThrownBy(() -> way.acquire(impatient))
        .isInstanceOf(WaitTimeoutException.class)
        .hasMessageContaining("lock " + NAME)
        .hasMessageContaining("option wait");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(WAIT);
    Await.until(
        "no ticket stays behind", () -> holder.operator().locks(NAME).get(0).line().size() == 1);
  }

  @ParameterizedTest
  @MethodSource({"waysToAWriteLock", "waysToARead"})
  void endsBehindAWriter(Way way) throws InterruptedException {
    try (Lease held = holder.lock(NAME).acquire()) {
      ends(way);
      assertThat(held.isValid()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("waysToAWriteLock")
  void endsBehindAReader(Way way) throws InterruptedException {
    try (Lease held = holder.readWriteLock(NAME).readLock().acquire()) {
      ends(way);
      assertThat(held.isValid()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("waysToASemaphore")
  void endsWhereTooFewPermitsAreLeft(Way way) throws InterruptedException {
    try (Lease held = holder.semaphore(NAME, 3).taking(2).acquire()) {
      ends(way);
      assertThat(held.isValid()).isTrue();
    }
  }

  @Test
  void shortensNoTimeOutThatIsGiven() throws Exception {
    Tyer impatient = clients.open("wait=20ms");
    Lease held = holder.lock(NAME).acquire();
    var own = impatient.lock(NAME).tryAcquireAsync(Duration.ofDays(1));
    assertThatThrownBy(() -> impatient.lock(NAME).acquire())
        .isInstanceOf(WaitTimeoutException.class);
    assertThat(own).isNotDone();
    held.close();
    own.get(60, TimeUnit.SECONDS).orElseThrow().close();
  }
}
