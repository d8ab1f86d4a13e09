package io.tyer.benchmarks.figures;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * Acquire and release, each thread on a name of its own.
 *
 * @param virtual whether the threads are virtual ones
 */
record PairsRow(String name, int threads, boolean virtual) implements Row {

  private static final String PAIRS = "pairs_per_s";

  /** Virtual threads that never block must let others run now and then. */
  private static final int PAIRS_PER_TURN = 16;

  @Override
  public String title() {
    return "acquire + release, "
        + (threads == 1 ? "one thread" : threads + (virtual ? " virtual" : "") + " threads")
        + (threads == 1 ? "" : ", each on a name of its own");
  }

  @Override
  public Kind kind() {
    return Kind.PAIRS;
  }

  @Override
  public List<Figure> figures() {
    return List.of(Figure.more(PAIRS, "pairs/s"));
  }

  @Override
  public Set<Subject.Ability> needs() {
    return Set.of(Subject.Ability.PAIRS);
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Optional<String> obstacle() {
    return virtual && Threads.virtual().isEmpty()
        ? Optional.of("JDK " + Runtime.version().feature() + " has no virtual threads")
        : Optional.empty();
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    ThreadFactory factory = virtual ? Threads.virtual().orElseThrow() : Threads.ofTheSystem();
    try (Client client = stage.subject().open()) {
      new Phases(stage).run(threads, factory, thread -> step(client.mutex("own-" + thread)));
    }
    return Map.of(PAIRS, Rates.on(stage.board(), threads).sum());
  }

  private Phases.Step step(Mutex mutex) {
    return virtual ? new Yielding(mutex) : mutex::pair;
  }

  private static final class Yielding implements Phases.Step {

    private final Mutex mutex;
    private int pairs;

    Yielding(Mutex mutex) {
      this.mutex = mutex;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // virtual threads are scheduled by us
    public void once() throws Exception {
      mutex.pair();
      if (++pairs % PAIRS_PER_TURN == 0) {
        Thread.yield();
      }
    }
  }
}
