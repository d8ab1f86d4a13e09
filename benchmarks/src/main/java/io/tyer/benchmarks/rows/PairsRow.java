package io.tyer.benchmarks.rows;

import io.tyer.benchmarks.peers.SqlPools;
import io.tyer.benchmarks.peers.Subjects;
import io.tyer.benchmarks.play.Address;
import io.tyer.benchmarks.play.Client;
import io.tyer.benchmarks.play.Database;
import io.tyer.benchmarks.play.Mutex;
import io.tyer.benchmarks.play.Stage;
import io.tyer.benchmarks.play.Subject;
import io.tyer.benchmarks.play.Threads;
import io.tyer.benchmarks.server.Places;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;

/**
 * Acquire and release, each thread on a name of its own.
 *
 * @param how by which threads, and whether releases are awaited
 */
record PairsRow(String name, int threads, How how) implements Row {

  enum How {
    PLAIN,
    /** Nobody waits for the answer to a release. */
    ASYNC,
    /** By virtual threads. */
    VIRTUAL
  }

  private static final String PAIRS = "pairs_per_s";

  /** Of Tyer's clients in databases. */
  private static final int USUAL_CONNECTIONS = 10;

  /** Virtual threads that never block must let others run now and then. */
  private static final int PAIRS_PER_TURN = 16;

  @Override
  public String title() {
    return "acquire + release, "
        + (threads == 1 ? "one thread" : threads + (virtual() ? " virtual" : "") + " threads")
        + (threads == 1 ? "" : ", each on a name of its own")
        + (how == How.ASYNC
            ? ", which does not wait for the answer to its releases (nor do floors; all others do)"
            : "");
  }

  private boolean virtual() {
    return how == How.VIRTUAL;
  }

  @Override
  public Kind kind() {
    return Kind.PAIRS;
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.more(PAIRS, "pairs/s"));
    figures.addAll(Costs.FIGURES);
    return figures;
  }

  @Override
  public Set<Subject.Ability> needs() {
    return how == How.ASYNC
        ? Set.of(Subject.Ability.PAIRS, Subject.Ability.RELEASES_ASYNC)
        : Set.of(Subject.Ability.PAIRS);
  }

  @Override
  public boolean suits(Address address, Subject subject) {
    // Under bias a release asks nobody whose answer one could wait for.
    return Row.super.suits(address, subject) && !(how == How.ASYNC && address.biased());
  }

  @Override
  public int players() {
    return 1;
  }

  @Override
  public Optional<String> obstacle() {
    return virtual() && Threads.virtual().isEmpty()
        ? Optional.of("JDK " + Runtime.version().feature() + " has no virtual threads")
        : Optional.empty();
  }

  /** Databases have fewer connections than that by default; libraries beside them have as many. */
  @Override
  public Address adapted(Address subject) {
    boolean pooled =
        threads > USUAL_CONNECTIONS
            && Places.isServer(subject)
            && Database.of(subject).isPresent()
            && Subjects.of(subject).abilities().contains(Subject.Ability.TAKES_OPTIONS);
    return pooled ? subject.withDefault("connections", Integer.toString(SqlPools.MOST)) : subject;
  }

  @Override
  public Row beside() {
    return how == How.ASYNC ? Rows.PAIRS_1 : this;
  }

  @Override
  public Map<String, Double> play(Stage stage) throws Exception {
    ThreadFactory factory = virtual() ? Threads.virtual().orElseThrow() : Threads.ofTheSystem();
    try (Client client = stage.subject().open()) {
      new Phases(stage).run(threads, factory, thread -> step(client.mutex("own-" + thread)));
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(PAIRS, Rates.on(stage.board(), threads).sum());
    figures.putAll(Costs.perPair(stage.board(), threads));
    return figures;
  }

  private Phases.Step step(Mutex mutex) {
    return switch (how) {
      case PLAIN -> mutex::pair;
      case ASYNC -> mutex::pairAsync;
      case VIRTUAL -> new Yielding(mutex);
    };
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
