package io.tyer.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Clients that all want one lock, again and again. */
final class Crowd {

  private static final int CLIENTS_EACH = 2;
  private static final Duration TTL = Duration.ofSeconds(15);

  private Crowd() {}

  /** Lets clients at each of these directories compete until something is wrong, or for so long. */
  static Set<Violation.Kind> hammer(List<Path> directories, Duration most) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Story story = new Story()) {
      List<CompletableFuture<Void>> crowd = new ArrayList<>();
      for (int i = 0; i < CLIENTS_EACH * directories.size(); i++) {
        Path directory = directories.get(i % directories.size());
        Client client = story.client("oslock:" + directory, builder -> builder.ttl(TTL));
        crowd.add(CompletableFuture.runAsync(() -> compete(client, over), Crowd::start));
      }
      long start = System.nanoTime();
      do {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      } while (story.passed() && System.nanoTime() - start < most.toNanos());
      over.set(true);
      for (CompletableFuture<Void> one : crowd) {
        one.get(30, TimeUnit.SECONDS);
      }
      System.out.printf("%d leases at %s%n", story.granted(), directories);
      Set<Violation.Kind> found = story.violations();
      if (found.isEmpty()) {
        assertThat(story.granted()).as("leases, that this may prove something").isGreaterThan(20);
      }
      return found;
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "crowd");
    thread.setDaemon(true);
    thread.start();
  }

  private static void compete(Client client, AtomicBoolean over) {
    try {
      while (!over.get()) {
        Optional<Hold> hold = client.acquire("a", Duration.ofSeconds(2));
        if (hold.isPresent()) {
          hold.get().lookOn(Duration.ofMillis(5));
          hold.get().release();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
