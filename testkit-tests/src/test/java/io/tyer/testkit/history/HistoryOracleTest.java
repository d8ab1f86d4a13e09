package io.tyer.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.testkit.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The fast checker against the exhaustive one. {@code -Dtyer.seeds=1000000} tries more histories,
 * {@code -Dtyer.seed=42} that one alone.
 */
class HistoryOracleTest {

  private static final Set<Kind> KINDS =
      EnumSet.of(Kind.EXCLUSION, Kind.NO_ROOM, Kind.TOKEN_REUSED, Kind.TOKEN_ORDER);

  private static final Rules RULES =
      new Rules(KINDS, Duration.ZERO, Duration.ofNanos(RandomHistory.UNWRITTEN), 50);

  private final Map<Kind, Integer> alone = new EnumMap<>(Kind.class);
  private int illegal;

  @Test
  void bothCheckersAgree() {
    compareMany(1_500);
  }

  @Test
  @Tag("full")
  void bothCheckersAgreeOnMany() {
    compareMany(Integer.getInteger("tyer.seeds", 10_000));
  }

  private void compareMany(int many) {
    Long only = Long.getLong("tyer.seed");
    int count = only == null ? many : 1;
    long first = only == null ? ThreadLocalRandom.current().nextLong(1L << 40) : only;
    System.out.println("histories: -Dtyer.seed=" + first + " and " + (count - 1) + " more");
    for (long seed = first; seed < first + count; seed++) {
      compare(seed);
    }
    System.out.println("of " + count + " illegal: " + illegal + ", for one reason: " + alone);
    if (only == null) {
      assertThat(illegal).isBetween(count / 5, count * 4 / 5);
      for (Kind kind : KINDS) {
        // One of about a hundred has each; chance makes them fewer.
        assertThat(alone.getOrDefault(kind, 0)).as("only %s", kind).isGreaterThan(count / 1_000);
      }
    }
  }

  private void compare(long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    RandomHistory.Made made = RandomHistory.of(random);
    List<Event> events = new ArrayList<>(made.events());
    boolean honest = random.nextInt(6) == 0;
    if (honest) {
      coresAreWithinHolds(seed, made);
    } else {
      for (int i = random.nextInt(4); i >= 0; i--) {
        Mutation[] all = Mutation.values();
        all[random.nextInt(all.length)].apply(events, random);
      }
    }
    Verdict verdict = HistoryChecker.check(events, RULES);
    boolean explained = ExhaustiveChecker.explains(events, RandomHistory.UNWRITTEN);
    assertThat(verdict.passed())
        .as(
            "seed %d: explained is %s, found %s in%n%s",
            seed,
            explained,
            verdict.violations(),
            events.stream().map(Event::toString).collect(Collectors.joining("\n")))
        .isEqualTo(explained);
    if (honest) {
      assertThat(explained).as("seed %d is honest: %s", seed, events).isTrue();
    }
    if (!explained) {
      illegal++;
      Set<Kind> kinds = EnumSet.noneOf(Kind.class);
      verdict.violations().forEach(violation -> kinds.add(violation.kind()));
      if (kinds.size() == 1) {
        alone.merge(kinds.iterator().next(), 1, Integer::sum);
      }
    }
  }

  /** What is proved is true: the service kept the ticket for all of that time. */
  private static void coresAreWithinHolds(long seed, RandomHistory.Made made) {
    Map<Integer, ProcessLife> lives = ProcessLife.of(made.events());
    for (RandomHistory.Ticket ticket : made.granted()) {
      List<Event> its = new ArrayList<>(made.events());
      its.removeIf(event -> event.process() != ticket.process || event.operation() == 0);
      Acquisition lease = new Acquisition(its.get(0), its);
      Hold hold =
          Hold.of(lease, lives.getOrDefault(ticket.process, ProcessLife.UNDISTURBED), RULES);
      assertThat(hold.empty() || hold.until() <= ticket.to)
          .as("seed %d: %s is kept until %d", seed, hold, ticket.to)
          .isTrue();
    }
  }
}
