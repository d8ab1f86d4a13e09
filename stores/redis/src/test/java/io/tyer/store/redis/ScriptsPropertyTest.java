package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.servers.redis.RedisVolatileKind;
import io.tyer.testkit.server.StoreServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts are held to {@link io.tyer.line.Line}: the same random sequences give the same lines,
 * the same answers and the same messages. {@code -Dtyer.seed} repeats a run, {@code -Dtyer.seeds}
 * makes it longer.
 */
@Timeout(300)
class ScriptsPropertyTest {

  /** So many tickets are read in three parts. */
  private static final int IN_PARTS = 130;

  private static final long SEED = Long.getLong("tyer.seed", new SecureRandom().nextLong());
  private static final int SEQUENCES = Integer.getInteger("tyer.seeds", 60);

  @TempDir Path directory;

  private StoreServer server;

  @BeforeEach
  void startServer() throws Exception {
    server = new RedisVolatileKind().start(directory);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void scriptsDoWhatTheLineDoes() throws Exception {
    walk(20);
  }

  @Test
  @Tag("full")
  void scriptsDoWhatTheLineDoesInManySequences() throws Exception {
    walk(SEQUENCES);
  }

  private void walk(int sequences) throws Exception {
    int steps = 0;
    try (ScriptWalks walks = new ScriptWalks(server.address())) {
      for (int i = 0; i < sequences; i++) {
        steps += walks.walk("seed " + SEED + " sequence " + i, random(i), 40, 55, 3);
      }
    }
    assertThat(steps).isEqualTo(sequences * 40);
  }

  /** Dropping one dead ticket may grant, and so rewrite, another dead one. */
  @Test
  @Tag("full")
  void deadTicketsInTheWayAreDroppedAsTheLineDropsThem() throws Exception {
    int met;
    try (ScriptWalks walks = new ScriptWalks(server.address())) {
      for (int i = 0; i < SEQUENCES; i++) {
        String label = "seed " + SEED + " deaths " + i;
        int unused = walks.walk(label, random(2_000_000 + i), 40, 75, 20);
      }
      met = walks.timesSeveralMet();
    }
    System.out.println("scripts met several dead at once: " + met);
    assertThat(met).as("seed %d: met several dead at once", SEED).isGreaterThan(SEQUENCES / 10);
  }

  /** Long enough that scripts read lines in parts, and name some of the blockers only. */
  @Test
  @Tag("full")
  void longLinesAreNoDifferent() throws Exception {
    int longest = 0;
    try (ScriptWalks walks = new ScriptWalks(server.address())) {
      // How long a line becomes is up to chance.
      for (int i = 0; i < Math.max(3, SEQUENCES / 40) || (longest <= IN_PARTS && i < 30); i++) {
        int unused = walks.walk("seed " + SEED + " long " + i, random(1_000_000 + i), 600, 80, 0);
        longest = Math.max(longest, walks.longest());
      }
    }
    assertThat(longest).as("seed %d: the longest line", SEED).isGreaterThan(IN_PARTS);
  }

  private static Random random(int sequence) {
    return new Random(SEED * 31 + sequence);
  }
}
