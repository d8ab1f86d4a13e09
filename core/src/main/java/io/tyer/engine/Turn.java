package io.tyer.engine;

import io.tyer.line.LockName;

/**
 * How long this client goes on with a granted ticket without asking the store: handed on among its
 * own callers within the bounds of batons while others wait (promise S4), and, under bias, kept for
 * as long as nobody else is known to want it. Guarded by the name queue's lock, but for {@link
 * #used}.
 */
final class Turn {

  /** Beyond this the ticket is not kept, so that its tokens last for all leases under it. */
  private static final int MOST_TOKENS_KEPT = Engine.TOKENS_PER_TICKET / 2;

  private final Engine engine;
  private final boolean biased;

  /** Whether another client is known to want the ticket, or a local caller of another kind. */
  private boolean wanted;

  private int handOvers;
  private int tokensDrawn;
  private long sinceNanos;

  /** Written also by those who pass by the lock, one at a time: the slot hands it on safely. */
  private int uses;

  private int usesSeen;
  private long idleSinceNanos;
  private long rereadNanos;

  /**
   * A turn that has not begun.
   *
   * @param biased whether the ticket may be kept
   */
  Turn(Engine engine, boolean biased) {
    this.engine = engine;
    this.biased = biased;
  }

  /** The ticket is granted. */
  void begin() {
    sinceNanos = engine.now();
    idleSinceNanos = sinceNanos;
    rereadNanos = sinceNanos;
  }

  /** Whether the ticket was taken so that it may be kept. */
  boolean biased() {
    return biased;
  }

  /** Whether the ticket may lie with this client while nobody here uses it. */
  boolean mayKeep() {
    return biased && !wanted && tokensDrawn < MOST_TOKENS_KEPT;
  }

  /** Whether it may be given to one more local caller without asking the store. */
  boolean mayHandOn() {
    EngineSettings settings = engine.settings();
    return mayKeep()
        || (handOvers < settings.batons()
            && tokensDrawn < Engine.TOKENS_PER_TICKET
            && engine.now() - sinceNanos < Nanos.of(settings.batonTime()));
  }

  void handedOn() {
    handOvers++;
  }

  /** No more: what comes next comes from the store. */
  void exhaust() {
    wanted = true;
    handOvers = engine.settings().batons();
  }

  /** Another client wants the ticket: from now on the bounds of batons count. */
  void recalled(LockName name) {
    if (biased && !wanted) {
      engine.biasPolicy().recalled(name, engine.now());
      wantedHere();
    }
  }

  /** The same, when it is a caller of this client who needs another kind of ticket. */
  void wantedHere() {
    if (biased && !wanted) {
      wanted = true;
      handOvers = 0;
      sinceNanos = engine.now();
    }
  }

  void used() {
    uses++;
  }

  /** Whether it has lain unused for too long; looked at now and then. */
  boolean idleForTooLong() {
    long now = engine.now();
    if (uses != usesSeen) {
      usesSeen = uses;
      idleSinceNanos = now;
    }
    return now - idleSinceNanos >= biasIdleNanos();
  }

  /** In which time to look whether it lies unused, or its line is to be read again. */
  long nextLookNanos() {
    return engine.port().jittered(longestLookNanos());
  }

  private long longestLookNanos() {
    return Math.min(rereadEveryNanos(), biasIdleNanos());
  }

  /** Whether the line is to be read again, since recalls may be lost: the next look is too late. */
  boolean rereadIsDue() {
    long now = engine.now();
    if (now - rereadNanos + longestLookNanos() < rereadEveryNanos()) {
      return false;
    }
    rereadNanos = now;
    return true;
  }

  private long rereadEveryNanos() {
    return engine.settings().ttl().toNanos() / 3;
  }

  private long biasIdleNanos() {
    return Nanos.of(engine.settings().biasIdle());
  }

  /** Which one of the tokens under this ticket comes next. */
  int drawToken() {
    if (tokensDrawn == Engine.TOKENS_PER_TICKET) {
      throw new IllegalStateException("all tokens of a ticket are drawn");
    }
    return tokensDrawn++;
  }
}
