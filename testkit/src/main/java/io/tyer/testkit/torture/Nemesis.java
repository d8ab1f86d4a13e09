package io.tyer.testkit.torture;

import io.tyer.testkit.history.Event;
import io.tyer.testkit.history.HistoryWriter;
import io.tyer.testkit.history.What;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Carries out a schedule of blows, heals each when its time is over, and writes them down. */
final class Nemesis implements AutoCloseable {

  private static final int HANDS = 4;
  private static final long OCCUPIED_MILLIS = 250;
  private static final long LONGEST_STRIKE_SECONDS = 120;

  private final Map<FaultKind, Fault> faults;
  private final HistoryWriter history;
  private final Consumer<String> console;
  private final long start = System.nanoTime();
  private final ScheduledThreadPoolExecutor hands;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Set<Wound> wounds = ConcurrentHashMap.newKeySet();
  private final Map<FaultKind, Integer> struck = new ConcurrentHashMap<>();
  private volatile CountDownLatch eachSeen = new CountDownLatch(0);
  private final ConcurrentLinkedQueue<Future<?>> plans = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

  Nemesis(Map<FaultKind, Fault> faults, HistoryWriter history, Consumer<String> console) {
    this.faults = faults;
    this.history = history;
    this.console = console;
    this.hands =
        new ScheduledThreadPoolExecutor(
            HANDS,
            body -> {
              Thread thread = new Thread(null, body, "nemesis", 0, false);
              thread.setDaemon(true);
              return thread;
            });
    hands.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to carry them out; once. */
  void carryOut(List<Blow> blows) {
    eachSeen = new CountDownLatch((int) blows.stream().map(Blow::kind).distinct().count());
    for (Blow blow : blows) {
      later(() -> strike(blow), blow.atMillis());
    }
  }

  private void later(Runnable what, long millis) {
    plans.add(hands.schedule(what, millis, TimeUnit.MILLISECONDS));
  }

  /**
   * Waits until each planned kind has struck: one that lasts long, such as an election that comes
   * to nothing, may have kept others from it.
   */
  void awaitEachKind(Duration atMost) throws InterruptedException {
    boolean unused = eachSeen.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Strikes no more, and heals everything; once. */
  void stop() throws InterruptedException {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    hands.shutdown();
    if (!hands.awaitTermination(LONGEST_STRIKE_SECONDS, TimeUnit.SECONDS)) {
      troubles.add("a fault has not struck in " + LONGEST_STRIKE_SECONDS + " s");
    }
    wounds.forEach(Wound::heal);
    for (Future<?> plan : plans) {
      if (plan.isDone() && !plan.isCancelled()) {
        try {
          plan.get();
        } catch (ExecutionException e) {
          troubles.add("the nemesis itself failed: " + e.getCause());
        }
      }
    }
  }

  /** Also when a run fails: nothing stays wounded. */
  @Override
  public void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      wounds.forEach(Wound::heal);
      Thread.currentThread().interrupt();
    }
  }

  /** How often each kind has struck. */
  Map<FaultKind, Integer> struck() {
    return Map.copyOf(struck);
  }

  /** What the nemesis itself failed to do. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** One injury, until it is healed. */
  private final class Wound {
    private final FaultKind kind;
    private final Fault.Injury injury;
    private final String note;
    private final AtomicBoolean healed = new AtomicBoolean();

    Wound(FaultKind kind, Fault.Injury injury, String note) {
      this.kind = kind;
      this.injury = injury;
      this.note = note;
    }

    void heal() {
      if (healed.compareAndSet(false, true)) {
        try {
          injury.heal();
          write(System.nanoTime(), What.HEALED, note);
        } catch (IOException | RuntimeException e) {
          troubles.add(kind.label() + " could not be healed: " + e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          troubles.add(kind.label() + " could not be healed: interrupted");
        }
        wounds.remove(this);
      }
    }
  }

  private void strike(Blow blow) {
    Fault fault = faults.get(blow.kind());
    if (fault == null) {
      return;
    }
    try {
      long at = System.nanoTime();
      Fault.Injury injury = fault.strike(blow).orElse(null);
      if (injury == null) {
        // Another fault is where it should strike: it comes when that one is over.
        later(() -> strike(blow), OCCUPIED_MILLIS);
        return;
      }
      String note = blow.kind().label() + ": " + injury.description();
      write(at, What.FAULT, note);
      if (struck.merge(blow.kind(), 1, Integer::sum) == 1) {
        eachSeen.countDown();
      }
      Wound wound = new Wound(blow.kind(), injury, note);
      wounds.add(wound);
      console.accept(String.format("%7.2f s  %s", (System.nanoTime() - start) / 1e9, note));
      later(wound::heal, blow.durationMillis());
    } catch (IOException | RuntimeException e) {
      if (!hands.isShutdown()) {
        troubles.add(blow.kind().label() + " could not strike: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(long at, What what, String note) {
    history.write(new Event(at, 0, 0, what, "", 0, 0, 0, 0, note));
  }
}
