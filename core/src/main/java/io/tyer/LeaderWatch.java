package io.tyer;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener who leads, until it is closed; see {@link Election#onChange}. */
public final class LeaderWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaderWatch.class);
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final Election election;
  private final Consumer<Optional<Election.Leader>> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Election.Leader> told = Optional.empty();
  private boolean first = true;

  private LeaderWatch(Election election, Consumer<Optional<Election.Leader>> listener) {
    this.election = election;
    this.listener = listener;
  }

  static LeaderWatch start(Election election, Consumer<Optional<Election.Leader>> listener) {
    LeaderWatch watch = new LeaderWatch(election, listener);
    Thread thread = new Thread(null, watch::run, "tyer-leader-" + election.name(), 0, false);
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run() {
    try {
      do {
        look();
      } while (!closed.await(pauseMillis(), TimeUnit.MILLISECONDS));
    } catch (TyerClosedException e) {
      log.debug("{} is not watched any more: {}", election, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long pauseMillis() {
    return ThreadLocalRandom.current().nextLong(LONGEST_PAUSE_MILLIS / 2, LONGEST_PAUSE_MILLIS);
  }

  private void look() {
    Optional<Election.Leader> leader;
    try {
      leader = election.leader();
    } catch (StoreUnreachableException | OutcomeUnknownException | StoreRefusedException e) {
      log.debug("{}: it is not known who leads: {}", election, e.getMessage());
      return;
    }
    if ((first || !leader.equals(told)) && closed.getCount() > 0) {
      first = false;
      told = leader;
      try {
        listener.accept(leader);
      } catch (RuntimeException e) {
        log.warn("the listener of {} has failed", election, e);
      }
    }
  }

  /** Tells nothing more, but for a call that is under way. Does not wait. Idempotent. */
  @Override
  public void close() {
    closed.countDown();
  }
}
