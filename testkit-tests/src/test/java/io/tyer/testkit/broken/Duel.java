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

/** Two clients that want the same lock at the same moment, once for each of some locks. */
final class Duel {

  private static final int ROUNDS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration HOLD = Duration.ofMillis(50);
  private static final Duration TTL = Duration.ofSeconds(15);

  private Duel() {}

  /** One client at each directory; ends at the first violation. */
  static Set<Violation.Kind> at(List<Path> directories) throws Exception {
    try (Story story = new Story()) {
      List<Client> clients = new ArrayList<>();
      for (Path directory : directories) {
        clients.add(story.client("oslock:" + directory, builder -> builder.ttl(TTL)));
      }
      for (int round = 0; round < ROUNDS && story.passed(); round++) {
        String name = "lock-" + round;
        List<CompletableFuture<Void>> both =
            clients.stream()
                .map(client -> CompletableFuture.runAsync(() -> fight(client, name), Duel::start))
                .toList();
        for (CompletableFuture<Void> one : both) {
          one.get(60, TimeUnit.SECONDS);
        }
      }
      System.out.printf("%d leases at %s%n", story.granted(), directories);
      assertThat(story.granted()).as("leases, that this may prove something").isPositive();
      return story.violations();
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "duel");
    thread.setDaemon(true);
    thread.start();
  }

  private static void fight(Client client, String name) {
    try {
      Optional<Hold> hold = client.acquire(name, PATIENCE);
      if (hold.isPresent()) {
        hold.get().lookOn(HOLD);
        hold.get().release();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
