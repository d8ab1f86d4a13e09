package io.tyer.server.log.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.server.replica.MemberInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Entries have their places in real time, while the lead is handed on and members are stopped: one
 * that was answered before another was asked for stands before it. With what is decided when an
 * entry is applied, that makes every command linearizable.
 */
class RealTimeOrderTest {

  private static final int ASKERS = 4;
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(6);

  private record Done(String word, long called, long returned, int place) {}

  @TempDir Path root;

  private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger unanswered = new AtomicInteger();

  @Test
  @Timeout(120)
  void whatWasAnsweredStandsBeforeWhatIsAskedAfterwards() throws Exception {
    long seed = Long.getLong("tyer.seed", System.nanoTime());
    try (Trio three = new Trio(root, "a", "b", "c").start()) {
      three.append("first");
      List<Thread> askers = new ArrayList<>();
      for (int i = 0; i < ASKERS; i++) {
        int asker = i;
        Thread thread = new Thread(() -> ask(three, asker));
        thread.start();
        askers.add(thread);
      }
      int changes = disturb(three, new SplittableRandom(seed));
      over.set(true);
      for (Thread asker : askers) {
        asker.join();
      }
      three.append("last");
      Trio.await(
          "all to apply all",
          () ->
              three.words.values().stream().allMatch(words -> words.words().contains("last"))
                  && three.words.values().stream().map(Words::words).distinct().count() == 1);

      String circumstances =
          "seed " + seed + ", " + changes + " changes, " + unanswered + " unanswered";
      assertThat(done).as(circumstances).hasSizeGreaterThan(100);
      check(three.wordsOf("a").words(), circumstances);
    }
  }

  private void check(List<String> log, String circumstances) {
    assertThat(log).as("no entry twice; " + circumstances).doesNotHaveDuplicates();
    List<Done> byCall = new ArrayList<>(done);
    byCall.sort(Comparator.comparingLong(Done::called));
    List<Done> byReturn = new ArrayList<>(done);
    byReturn.sort(Comparator.comparingLong(Done::returned));
    Set<Integer> places = new HashSet<>();
    int before = 0;
    int next = 0;
    for (Done one : byCall) {
      while (byReturn.get(next).returned() < one.called()) {
        before = Math.max(before, byReturn.get(next).place());
        next++;
      }
      assertThat(one.place()).as("%s; %s", one, circumstances).isGreaterThan(before);
      assertThat(log.get(one.place() - 1)).as(circumstances).isEqualTo(one.word());
      assertThat(places.add(one.place())).as("%s; %s", one, circumstances).isTrue();
    }
  }

  private void ask(Trio three, int asker) {
    for (int i = 0; !over.get(); i++) {
      String word = asker + "/" + i;
      String leader = leader(three);
      if (leader == null) {
        LockSupport.parkNanos(1_000_000);
        continue;
      }
      long called = System.nanoTime();
      try {
        Object place =
            three.append(leader, three.wordsOf(leader).term(), word).get(60, TimeUnit.SECONDS);
        done.add(new Done(word, called, System.nanoTime(), (Integer) place));
      } catch (ExecutionException | RuntimeException e) {
        unanswered.incrementAndGet();
      } catch (InterruptedException | TimeoutException e) {
        throw new IllegalStateException(word, e);
      }
    }
  }

  /** Whoever says so: one that leads no longer must not answer. */
  private static @Nullable String leader(Trio three) {
    List<String> leaders = new ArrayList<>();
    three.words.forEach(
        (id, words) -> {
          if (words.leads()) {
            leaders.add(id);
          }
        });
    Collections.shuffle(leaders);
    return leaders.isEmpty() ? null : leaders.get(0);
  }

  private static int disturb(Trio three, SplittableRandom random) throws Exception {
    List<String> ids = three.initial.stream().map(MemberInfo::id).toList();
    long end = System.nanoTime() + RUN_NANOS;
    int changes = 0;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 400)));
      String leader = three.leader();
      String other = ids.get(random.nextInt(ids.size()));
      if (random.nextInt(3) == 0) {
        three.stop(other);
        three.start(three.info(other), three.initial);
      } else {
        try {
          three.log(leader).transfer(other).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          continue; // Not caught up, or the lead was lost meanwhile.
        }
      }
      changes++;
    }
    return changes;
  }
}
