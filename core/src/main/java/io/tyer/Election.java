package io.tyer;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One of several candidates leads, for a <em>term</em>; the others stand by in line, and the next
 * of them leads when the term ends. A term is a {@link Lease} of the {@linkplain Tyer#lock mutex}
 * of the same name, with all its promises; its fencing token grows from term to term.
 *
 * <pre>{@code
 * Election election = tyer.election("scheduler").labelled(hostName);
 * while (!stopped) {
 *   try {
 *     election.whileLeading(term -> schedule(term.token()));   // interrupted if the term is lost
 *   } catch (LeaseLostException e) {
 *     // another one leads: campaign again
 *   }
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. Who campaigns twice at the same time is two candidates.
 */
@CheckReturnValue
public final class Election {

  private final DistributedLock lock;

  Election(DistributedLock lock) {
    this.lock = lock;
  }

  /**
   * Who leads.
   *
   * @param label what the candidate is called: its own {@linkplain Election#labelled label}, or its
   *     client's
   * @param token the first fencing token of its ticket: larger than all of earlier leaders. Where
   *     candidates of one client follow each other, they may share a ticket, and have this token
   *     and those that follow
   * @param since since when it leads, by the store's clock
   */
  public record Leader(String label, long token, Instant since) {}

  /** The election's name, which is its lock's. */
  public String name() {
    return lock.name();
  }

  /**
   * The same election, with what this candidate is called instead of its client's label.
   *
   * @param label at most 256 characters; control characters are shown as blanks
   */
  public Election labelled(String label) {
    return new Election(lock.labelled(label));
  }

  /**
   * Stands by until this candidate leads.
   *
   * @return the term: it lasts until it is closed, which is to resign, or lost; {@link
   *     Lease#onLost} tells
   * @throws InterruptedException if interrupted before or while standing by; it is no candidate
   *     then
   * @throws RuntimeException as {@link Acquirable#acquire()}
   */
  public Lease campaign() throws InterruptedException {
    return lock.acquire();
  }

  /**
   * {@link #campaign()} for at most that long; zero is a try, which never passes those who stand
   * by.
   *
   * @return empty if another one led all the time; it is no candidate then
   */
  public OptionalLease campaign(Duration wait) throws InterruptedException {
    return lock.tryAcquire(wait);
  }

  /**
   * {@link #campaign()} without blocking, as {@link Acquirable#acquireAsync()}; cancelling the
   * future ends the candidacy.
   */
  public CompletableFuture<Lease> campaignAsync() {
    return lock.acquireAsync();
  }

  /**
   * {@linkplain #campaign() Campaigns}, does the task in this thread as the leader, and resigns
   * when it returns. If the term is lost meanwhile, the thread is interrupted, before another one
   * can lead: a task that heeds interrupts is over by then. It is not interrupted after it has
   * returned.
   *
   * @return what the task returned
   * @throws InterruptedException if interrupted before or while standing by, and the task was not
   *     begun; or as the task does
   * @throws LeaseLostException if the term was lost before the task returned, whatever the task
   *     did; what it threw is suppressed in it
   * @throws OutcomeUnknownException if the term was unproved when the task returned
   * @throws E as the task does
   * @throws RuntimeException as {@link Acquirable#acquire()}
   */
  @CanIgnoreReturnValue
  public <T, E extends Exception> T whileLeading(LeaseTask<T, E> task)
      throws E, InterruptedException {
    try (Lease term = campaign()) {
      return new Term(term).lead(task);
    }
  }

  /**
   * Who leads now, as the store says; empty if nobody does. Waits for the store, for the operation
   * time-out at most. Between two leaders there may be a moment in which nobody leads.
   *
   * @throws StoreUnreachableException if the store cannot be reached
   * @throws OutcomeUnknownException if it does not answer in time
   * @throws StoreRefusedException if it refuses
   * @throws TyerClosedException if the client is closed
   */
  public Optional<Leader> leader() {
    return lock.view().line().stream()
        .filter(LockView.Place::granted)
        .findFirst()
        .map(place -> new Leader(place.owner(), place.token(), place.since()));
  }

  /**
   * Has the listener told who leads: at once, and again whenever that has changed; on a thread of
   * its own, one call after the other. No store tells those who stand by of each change, so it is
   * asked once in a second, a little earlier at random: a leader for a shorter time may be missed.
   * While the store does not answer, nothing is told. What the listener throws is logged and
   * ignored.
   *
   * @return ends it when closed; the client's end does so, too
   */
  public LeaderWatch onChange(Consumer<Optional<Leader>> listener) {
    return LeaderWatch.start(this, listener);
  }

  @Override
  public String toString() {
    return "election by " + lock;
  }
}
