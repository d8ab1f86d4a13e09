package io.tyer.fence;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.Optional;

/**
 * A barrier that many processes share: each waits until as many as it is for have come, then all go
 * on, and it stands for the next round. Who has come is a {@link Versioned} value, wherever that is
 * kept.
 *
 * <pre>{@code
 * Barrier phase = new Barrier(new JdbcVersioned<>(dataSource, "import/phase", Codec.text()), 3);
 * load();
 * if (phase.await(Duration.ofMinutes(5))) {      // all three have loaded
 *   index();
 * }
 * }</pre>
 *
 * <p>Who gives up waiting, since its time has passed or it was interrupted, has not come: the
 * others go on waiting for as many as before. (A {@link java.util.concurrent.CyclicBarrier} breaks
 * instead; processes come and go, threads of one program do not.) A process that dies while it
 * waits cannot take that back: it counts as come in this round, as if it had died right behind the
 * barrier. {@link #reset} begins anew.
 *
 * <p>Safe for use by many threads and processes. All calls throw as {@link Versioned} says, and
 * {@link UpdateConflictException} if others were faster thirty times. What throws has not come, but
 * for {@link io.tyer.OutcomeUnknownException}, or a {@linkplain Throwable#getSuppressed suppressed}
 * failure to take it back: then it may count as come.
 */
@CheckReturnValue
public final class Barrier {

  private final Versioned<String> value;
  private final int parties;

  /**
   * For so many.
   *
   * @param value a text that is used for nothing else
   * @param parties how many must come; the same for everybody
   * @throws IllegalArgumentException if that is less than 1
   */
  public Barrier(Versioned<String> value, int parties) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier is for 1 or more, not for " + parties);
    }
    this.value = value;
    this.parties = parties;
  }

  /** How many must come. */
  public int parties() {
    return parties;
  }

  /** How many have come and wait. */
  public int waiting() throws InterruptedException {
    return rounds(value.read().map(Versioned.Entry::value)).come();
  }

  /**
   * Comes, and waits for the others.
   *
   * @param wait how long at most
   * @return true if all have come; false if the time has passed, and then it has not come
   * @throws InterruptedException if interrupted before all had come; then it has not come either
   * @throws IllegalStateException if others use the barrier for another number of parties
   */
  public boolean await(Duration wait) throws InterruptedException {
    long start = System.nanoTime();
    Rounds come = rounds(Optional.of(value.update(now -> rounds(now).oneMore().text()).value()));
    if (come.come() == 0) {
      return true;
    }
    try {
      Duration rest = wait.minusNanos(System.nanoTime() - start);
      if (value.awaitUntil(now -> rounds(now).number() != come.number(), rest)) {
        return true;
      }
    } catch (InterruptedException | RuntimeException e) {
      if (hasLeft(come.number(), e)) {
        throw e;
      }
      return true;
    }
    return !leave(come.number());
  }

  /** Whether it was taken back; false if all have come meanwhile. */
  private boolean leave(long round) throws InterruptedException {
    String left =
        value
            .update(
                now -> {
                  Rounds stands = rounds(now);
                  return (stands.number() == round ? stands.oneLess() : stands).text();
                })
            .value();
    return rounds(Optional.of(left)).number() == round;
  }

  /** The same, although the thread may be interrupted; what keeps it from that goes with why. */
  private boolean hasLeft(long round, Exception why) {
    boolean interrupted = Thread.interrupted();
    try {
      if (leave(round)) {
        return true;
      }
      interrupted |= why instanceof InterruptedException;
      return false;
    } catch (InterruptedException e) {
      interrupted = true;
      why.addSuppressed(e);
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  /** Begins anew: who waits goes on as if all had come, and nobody has come to the next round. */
  public void reset() throws InterruptedException {
    Versioned.Entry<String> unused = value.update(now -> rounds(now).next().text());
  }

  private Rounds rounds(Optional<String> text) {
    if (text.isEmpty()) {
      return new Rounds(0, 0, parties);
    }
    Rounds rounds = Rounds.parse(value.resource(), text.get());
    if (rounds.parties() != parties) {
      throw new IllegalStateException(
          String.format(
              "barrier %s is for %d parties to others, and for %d here: use the same number",
              value.resource(), rounds.parties(), parties));
    }
    return rounds;
  }

  @Override
  public String toString() {
    return "barrier " + value.resource() + " for " + parties;
  }
}
