package io.tyer.testkit.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws which faults strike when, the same for the same seed. */
final class Schedule {

  /** Before the first: workers are to hold something by then. */
  private static final long START_MILLIS = 1_500;

  private static final long SHORTEST_GAP = 150;
  private static final long LONGEST_GAP = 2_000;

  private final SplittableRandom random;
  private final long ttlMillis;
  private final int workers;

  private Schedule(SplittableRandom random, long ttlMillis, int workers) {
    this.random = random;
    this.ttlMillis = ttlMillis;
    this.workers = workers;
  }

  /** The blows in order. Each kind comes once before any comes again, as far as time allows. */
  static List<Blow> draw(
      SplittableRandom random, Set<FaultKind> kinds, int workers, TtlRange ttl, long millis) {
    if (kinds.isEmpty()) {
      return List.of();
    }
    return new Schedule(random, ttl.longestMillis(), workers).draw(kinds, millis);
  }

  private List<Blow> draw(Set<FaultKind> kinds, long millis) {
    List<FaultKind> deck = new ArrayList<>();
    List<Blow> blows = new ArrayList<>();
    long at = START_MILLIS;
    long gap = Math.max(SHORTEST_GAP + 1, Math.min(LONGEST_GAP, (millis - at) / kinds.size()));
    while (at < millis - 500) {
      if (deck.isEmpty()) {
        deck.addAll(kinds);
        Collections.sort(deck);
        Collections.shuffle(deck, new Random(random.nextLong()));
      }
      FaultKind kind = deck.remove(deck.size() - 1);
      blows.add(new Blow(at, kind, random.nextInt(workers), duration(kind), random.nextDouble()));
      at += random.nextLong(SHORTEST_GAP, gap);
    }
    blows.sort(Comparator.comparingLong(Blow::atMillis));
    return List.copyOf(blows);
  }

  private long duration(FaultKind kind) {
    return switch (kind) {
      case PAUSE -> random.nextLong(ttlMillis + ttlMillis / 10, 2 * ttlMillis);
      case SHORT_PAUSE -> random.nextLong(20, ttlMillis / 3);
      case KILL -> random.nextLong(0, 800);
      case RESET, SERVER_RESTART -> 0;
      case DELAY -> random.nextLong(500, 3_000);
      case SERVER_KILL, SERVER_KILL_ALL -> random.nextLong(0, 1_500);
      case BLACK_HOLE,
          LOST_REPLY,
          PARTITION,
          SERVER_PAUSE,
          SERVER_PARTITION,
          DISK_FULL,
          READ_ONLY,
          CLOCK,
          SERVER_CLOCK ->
          random.nextBoolean()
              ? random.nextLong(50, ttlMillis / 2)
              : random.nextLong(ttlMillis / 2, 2 * ttlMillis);
    };
  }
}
