package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.TyerBuilder;
import io.tyer.TyerOption;
import io.tyer.testkit.fault.ProxyMode;
import io.tyer.testkit.history.Violation;
import io.tyer.testkit.server.StoreServer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * What is done to sound stores and to broken ones alike: each scene aims at one defect, and answers
 * what the checker found.
 */
final class Scenes {

  private static final String LOCK = "a";
  private static final Duration LONG = Duration.ofSeconds(20);

  private Scenes() {}

  /** Two clients take turns, so that the line is empty between them. */
  static Set<Violation.Kind> turns(StoreServer server) throws Exception {
    try (Story story = new Story()) {
      Client one = story.client(server, options(Duration.ofSeconds(15)));
      Client two = story.client(server, options(Duration.ofSeconds(15)));
      for (int i = 0; i < 4; i++) {
        Hold hold = (i % 2 == 0 ? one : two).acquire(LOCK, LONG).orElseThrow();
        hold.release();
      }
      assertThat(story.granted()).isEqualTo(4);
      return story.violations();
    }
  }

  /** A holder is cut off; another client comes when no more than this is left of the lease. */
  static Set<Violation.Kind> cutOff(StoreServer server, Duration ttl, Duration left)
      throws Exception {
    try (Story story = new Story()) {
      Client holder = story.client(server, options(ttl));
      Client other = story.client(server, options(ttl));
      Hold hold = holder.acquire(LOCK, LONG).orElseThrow();
      holder.proxy().mode(ProxyMode.BLACK_HOLE);
      CompletableFuture<Void> looking =
          CompletableFuture.runAsync(() -> hold.lookOn(ttl.multipliedBy(2)));
      while (hold.remaining().compareTo(left) > 0) {
        LockSupport.parkNanos(1_000_000);
      }
      Hold next = other.acquire(LOCK, LONG).orElseThrow();
      next.lookOn(Duration.ofMillis(20));
      looking.get(60, TimeUnit.SECONDS);
      next.release();
      holder.proxy().mode(ProxyMode.PASS);
      assertThat(story.granted()).isEqualTo(2);
      return story.violations();
    }
  }

  /**
   * While one holds, another's request to enter gets no answer and is withdrawn again and again;
   * then a third comes.
   */
  static Set<Violation.Kind> withdrawnAgain(StoreServer server) throws Exception {
    try (Story story = new Story()) {
      Client holder = story.client(server, options(Duration.ofSeconds(20)));
      Client unlucky =
          story.client(
              server,
              options(Duration.ofSeconds(6))
                      .andThen(builder -> builder.option(TyerOption.BEAT, "500ms"))
                  ::apply);
      Client third = story.client(server, options(Duration.ofSeconds(20)));
      unlucky.acquire(LOCK, LONG).orElseThrow().release();
      Hold hold = holder.acquire(LOCK, LONG).orElseThrow();
      unlucky.proxy().mode(ProxyMode.LOST_REPLIES);
      assertThat(unlucky.acquire(LOCK, Duration.ofMillis(300))).isEmpty();
      // Until it has given up waiting for the answer, and does not know what came of it.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
      // The holder hears nothing meanwhile; its lease is good for many seconds.
      holder.proxy().mode(ProxyMode.BLACK_HOLE);
      unlucky.proxy().mode(ProxyMode.PASS);
      Optional<Hold> next = third.acquire(LOCK, Duration.ofSeconds(5));
      hold.lookOn(Duration.ofMillis(100));
      next.ifPresent(Hold::release);
      holder.proxy().mode(ProxyMode.PASS);
      hold.release();
      return story.violations();
    }
  }

  /**
   * The server is killed at once after it has granted, and comes back; then another client asks.
   *
   * @param late how late it keeps what it has acknowledged: what came before the grant is kept
   */
  static Set<Violation.Kind> serverKilled(StoreServer server, Duration late) throws Exception {
    try (Story story = new Story()) {
      // Valid until a busy machine has started the server again, and somebody else is granted.
      Client holder = story.client(server, options(Duration.ofSeconds(90)));
      Client other = story.client(server, options(Duration.ofSeconds(90)));
      other.acquire("another", LONG).orElseThrow().release();
      TimeUnit.NANOSECONDS.sleep(late.multipliedBy(5).dividedBy(4).toNanos());
      Hold hold = holder.acquire(LOCK, LONG).orElseThrow();
      server.kill();
      server.start();
      Optional<Hold> next = other.acquire(LOCK, Duration.ofSeconds(late.isZero() ? 8 : 60));
      hold.lookOn(Duration.ofMillis(100));
      next.ifPresent(Hold::release);
      hold.release();
      return story.violations();
    }
  }

  /**
   * One waits in line while another holds, and is to be granted once the lock is given back.
   *
   * @return whether it was, within the given time
   */
  static boolean grantedToWhoWaits(StoreServer server, Duration within) throws Exception {
    try (Story story = new Story()) {
      Client holder = story.client(server, options(Duration.ofSeconds(30)));
      Client waiter = story.client(server, options(Duration.ofSeconds(30)));
      Hold hold = holder.acquire(LOCK, LONG).orElseThrow();
      CompletableFuture<Optional<Hold>> waiting =
          CompletableFuture.supplyAsync(() -> waitFor(waiter, LONG));
      while (server.look().tickets(LOCK) < 2) {
        LockSupport.parkNanos(1_000_000);
      }
      // It has asked once more at most by now, and was told that it must wait.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
      hold.release();
      long released = System.nanoTime();
      Optional<Hold> next = waiting.get(60, TimeUnit.SECONDS);
      next.ifPresent(Hold::release);
      assertThat(story.failed()).as("calls that were neither granted nor busy").isZero();
      assertThat(story.violations()).isEmpty();
      return next.isPresent() && System.nanoTime() - released < within.toNanos();
    }
  }

  /** A holder that looked at its lease, then sleeps beyond its TTL, and then writes. */
  static Set<Violation.Kind> lateWrite(StoreServer server, boolean fenced) throws Exception {
    Duration ttl = Duration.ofSeconds(2);
    try (Story story = new Story()) {
      Resource resource = story.resource(fenced);
      Client sleeper = story.client(server, options(ttl));
      Client other = story.client(server, options(ttl));
      Hold hold = sleeper.acquire(LOCK, LONG).orElseThrow();
      assertThat(hold.look()).isTrue();
      sleeper.proxy().mode(ProxyMode.BLACK_HOLE);
      Hold next = other.acquire(LOCK, LONG).orElseThrow();
      assertThat(next.write(resource)).isTrue();
      assertThat(hold.write(resource)).isEqualTo(!fenced);
      next.release();
      sleeper.proxy().mode(ProxyMode.PASS);
      return story.violations();
    }
  }

  private static Optional<Hold> waitFor(Client client, Duration wait) {
    try {
      return client.acquire(LOCK, wait);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnaryOperator<TyerBuilder> options(Duration ttl) {
    return builder -> builder.ttl(ttl).option(TyerOption.OPERATION_TIMEOUT, "1s");
  }
}
