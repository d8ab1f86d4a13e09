package io.tyer.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import io.tyer.servers.redis.RedisServer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rule of {@code number.lua} alone, with a clock that the test sets. Numbers grow through every
 * loss at which the clock shows more than at the loss before (the first use is one), and at most a
 * day less than it ever did; where it does not, the next to ask must be one who has seen the last
 * number. No rule that knows the clock alone could do more: the same clock gives the same number.
 */
@Timeout(120)
@Tag("full")
class NumbersPropertyTest {

  private static final long SEED = Long.getLong("tyer.seed", new SecureRandom().nextLong());
  private static final int SEQUENCES = Integer.getInteger("tyer.seeds", 40);
  private static final long DAY = 86_400_000_000L;
  private static final String FLOOR = "floor";

  @TempDir private Path directory;

  @Test
  void numbersOnlyGrow() throws Exception {
    int losses = 0;
    int stepsBack = 0;
    int byClock = 0;
    try (RedisServer server = Started.server(directory);
        RedisClient client =
            RedisClient.create(
                RedisURI.create(
                    server.node().address().getHostString(), server.node().address().getPort()));
        var connection = client.connect()) {
      for (int i = 0; i < SEQUENCES; i++) {
        Walk walk = new Walk(connection.sync(), new Random(SEED * 31 + i), i);
        for (int step = 0; step < 100; step++) {
          walk.step();
        }
        losses += walk.losses;
        stepsBack += walk.stepsBack;
        byClock += walk.byClock;
      }
    }
    // It has happened at all.
    assertThat(losses).isGreaterThan(SEQUENCES);
    assertThat(stepsBack).isGreaterThan(SEQUENCES);
    assertThat(byClock).isGreaterThan(SEQUENCES);
  }

  private static final class Walk {
    private final RedisCommands<String, String> redis;
    private final Random random;
    private final int sequence;
    private final String script;

    /** The floor after each number; the last one is the present. */
    private final List<Map<String, String>> floors = new ArrayList<>();

    private final List<String> history = new ArrayList<>();
    private long clock = 50_000_000_000_000_000L / 32;
    private long latestClock = clock;
    private long jumpClock = Long.MIN_VALUE;
    private int sinceJump;
    private long last;
    private long run = 1;
    private boolean lost;
    int losses;
    int stepsBack;
    int byClock;

    Walk(RedisCommands<String, String> redis, Random random, int sequence) throws Exception {
      this.redis = redis;
      this.random = random;
      this.sequence = sequence;
      try (InputStream in = Script.class.getResourceAsStream("number.lua")) {
        script =
            "local time = {ARGV[1], ARGV[2]}\n"
                + new String(in.readAllBytes(), StandardCharsets.UTF_8)
                + "local number, refusal = next_number(KEYS[1], ARGV[3], tonumber(ARGV[4]))\n"
                + "return number and string.format('%.0f', number) or refusal\n";
      }
      redis.del(FLOOR);
    }

    void step() {
      switch (random.nextInt(10)) {
        case 0 -> stepBack();
        case 1 -> loseSome();
        case 2 -> loseAll();
        case 3, 4 -> pass((long) (Math.pow(random.nextDouble(), 3) * 3 * DAY));
        default -> {
          int times = 1 + random.nextInt(5);
          for (int i = 0; i < times; i++) {
            enter();
          }
        }
      }
    }

    private void pass(long micros) {
      history.add("passes " + micros);
      clock += micros;
      latestClock = Math.max(latestClock, clock);
    }

    private void stepBack() {
      long most = DAY - (latestClock - clock) - 1;
      long step = (long) (random.nextDouble() * most);
      if (step > 0) {
        history.add("back by " + step);
        clock -= step;
        stepsBack++;
      }
    }

    private void enter() {
      pass(1 + random.nextInt(1_000));
      boolean tooFarBack = lost && jumpClock != Long.MIN_VALUE && clock <= jumpClock + sinceJump;
      boolean seen = tooFarBack || random.nextInt(4) == 0;
      String answer =
          redis.eval(
              script,
              ScriptOutputType.VALUE,
              new String[] {FLOOR},
              Long.toString((clock + 1_735_689_600_000_000L) / 1_000_000),
              Long.toString((clock + 1_735_689_600_000_000L) % 1_000_000),
              String.format("%016x", run),
              Long.toString(seen ? last : 0));
      long number = Long.parseLong(answer);
      history.add("number " + number + (seen ? ", last seen" : ""));
      assertThat(number).as("seed %d sequence %d: %s", SEED, sequence, tail()).isGreaterThan(last);
      Map<String, String> before = floors.isEmpty() ? Map.of() : floors.get(floors.size() - 1);
      if (!before.containsKey(String.format("%016x", run))) {
        jumpClock = Math.max(jumpClock, clock);
        sinceJump = 0;
      }
      sinceJump++;
      byClock += number == clock ? 1 : 0;
      last = number;
      lost = false;
      floors.add(redis.hgetall(FLOOR));
    }

    /** A replica that lacks the last numbers is made the master. */
    private void loseSome() {
      if (floors.isEmpty()) {
        return;
      }
      run++;
      losses++;
      int kept = Math.max(1, floors.size() - random.nextInt(20));
      history.add("loses the last " + (floors.size() - kept));
      while (floors.size() > kept) {
        floors.remove(floors.size() - 1);
      }
      redis.del(FLOOR);
      redis.hset(FLOOR, floors.get(kept - 1));
      lost = true;
    }

    private void loseAll() {
      run += random.nextInt(2);
      losses++;
      history.add("loses all");
      floors.clear();
      redis.del(FLOOR);
      lost = true;
    }

    private String tail() {
      return String.join("; ", history.subList(Math.max(0, history.size() - 30), history.size()));
    }
  }
}
