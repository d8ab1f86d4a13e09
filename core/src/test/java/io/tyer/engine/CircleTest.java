package io.tyer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tyer.LossCause;
import io.tyer.line.LockName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random worlds of threads and mutexes in which anything may happen between any two reads: a circle
 * that is found stood at one moment, all of it; and one that stands is found.
 */
class CircleTest {

  private static final int WORLDS = Integer.getInteger("tyer.worlds", 20_000);
  private static final int THREADS = 4;

  @Test
  void whatIsFoundWasThere() {
    int found = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 3);
      FlowWait last = world.untilSomebodyWaits();
      Circle circle = Circle.closedBy(last, world);
      if (circle != null) {
        found++;
        assertThat(world.moments)
            .as("a moment at which all of them stood, in world %d", seed)
            .anyMatch(moment -> moment.containsAll(circle.edges()));
        assertThat(circle.edges().get(0).waiting()).isEqualTo(last);
      }
    }
    assertThat(found).as("circles").isGreaterThan(WORLDS / 1000);
  }

  @Test
  void whatIsThereIsFound() {
    int there = 0;
    for (int seed = 0; seed < WORLDS; seed++) {
      World world = new World(seed, 0);
      FlowWait last = world.untilSomebodyWaits();
      boolean closed = world.isClosedBy(last);
      there += closed ? 1 : 0;
      assertThat(Circle.closedBy(last, world) != null).as("world %d", seed).isEqualTo(closed);
    }
    assertThat(there).as("circles").isGreaterThan(WORLDS / 1000);
  }

  /** As many mutexes as threads. Each thread waits for one, or runs. */
  private static final class World implements Circle.Seen {

    private final Random random;
    private final int mostEvents;
    private final List<Thread> threads = new ArrayList<>();
    private final @Nullable FlowWait[] waits = new FlowWait[THREADS];
    private final int[] wanted = new int[THREADS];
    private final @Nullable Hold[] holds = new Hold[THREADS];
    private long number;

    /** Which edges there were from the moment on at which somebody began to look. */
    final List<Set<Circle.Edge>> moments = new ArrayList<>();

    World(int seed, int mostEvents) {
      this.random = new Random(seed);
      this.mostEvents = mostEvents;
      for (int i = 0; i < THREADS; i++) {
        threads.add(new Thread(() -> {}));
      }
    }

    /** Lets things happen; ends with a thread that begins to wait. */
    FlowWait untilSomebodyWaits() {
      int events = 5 + random.nextInt(40);
      while (true) {
        FlowWait begun = event();
        events--;
        if (events < 0 && begun != null) {
          moments.add(edges());
          return begun;
        }
      }
    }

    /** Anything that may happen; the wait that it has begun, if it has. */
    private @Nullable FlowWait event() {
      int thread = random.nextInt(THREADS);
      int lock = random.nextInt(THREADS);
      Hold held = holds[lock];
      if (waits[thread] != null) {
        if (holds[wanted[thread]] == null) {
          holds[wanted[thread]] = new Hold(threads.get(thread));
          waits[thread] = null;
        } else if (random.nextInt(4) == 0) {
          waits[thread] = null; // timed out
        } else if (random.nextInt(8) == 0) {
          holds[lock] = null; // lost
        }
      } else if (held == null) {
        holds[lock] = new Hold(threads.get(thread));
      } else if (held.thread == threads.get(thread)) {
        holds[lock] = null;
      } else {
        number++;
        FlowWait begun = begun(threads.get(thread));
        waits[thread] = begun;
        wanted[thread] = lock;
        return begun;
      }
      return null;
    }

    /** Of a name's shell nothing is needed here. */
    @SuppressWarnings("NullAway")
    private FlowWait begun(Thread thread) {
      Wanted any = new Wanted(LockName.of("it"), Mode.EXCLUSIVE, 1, "", 0, false);
      return new FlowWait(number, thread, any, null, null);
    }

    private Set<Circle.Edge> edges() {
      Set<Circle.Edge> edges = new HashSet<>();
      for (int i = 0; i < THREADS; i++) {
        FlowWait wait = waits[i];
        Hold blocker = holds[wanted[i]];
        if (wait != null && blocker != null) {
          edges.add(new Circle.Edge(wait, blocker));
        }
      }
      return edges;
    }

    /** Each wait has one blocker: follow it. */
    boolean isClosedBy(FlowWait last) {
      FlowWait at = last;
      for (int steps = 0; steps <= THREADS; steps++) {
        int index = threads.indexOf(at.thread());
        Hold blocker = holds[wanted[index]];
        FlowWait next = blocker == null ? null : waits[threads.indexOf(blocker.thread)];
        if (next == null) {
          return false;
        }
        if (next.equals(last)) {
          return true;
        }
        at = next;
      }
      return false;
    }

    private void meanwhile() {
      if (mostEvents > 0) {
        for (int i = random.nextInt(mostEvents); i > 0; i--) {
          event();
          moments.add(edges());
        }
      }
    }

    @Override
    public @Nullable FlowWait of(Thread thread) {
      meanwhile();
      return waits[threads.indexOf(thread)];
    }

    @Override
    public List<Holding> blockersOf(FlowWait wait) {
      meanwhile();
      int index = threads.indexOf(wait.thread());
      Hold blocker = holds[wanted[index]];
      return wait.equals(waits[index]) && blocker != null ? List.of(blocker) : List.of();
    }
  }

  private static final class Hold extends Holding {
    private final Thread thread;

    Hold(Thread thread) {
      this.thread = thread;
    }

    @Override
    boolean lose(LossCause cause) {
      return true;
    }

    @Override
    void reportLoss(LossCause cause) {}

    @Override
    void tokenDrawn(long token) {}

    @Override
    void givenBack() {}

    @Override
    Thread thread() {
      return thread;
    }

    @Override
    boolean ofOneThread() {
      return true;
    }

    @Override
    boolean open() {
      return true;
    }

    @Override
    boolean plain() {
      return true;
    }
  }
}
