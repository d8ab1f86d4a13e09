package io.tyer.engine;

/**
 * How long this client goes on with a granted ticket without asking the store: handed on among its
 * own callers so many times, and for so long (promise S4). Counts the tokens drawn under it, too.
 */
final class Batons {

  private int handOvers;
  private int tokensDrawn;
  private long sinceNanos;

  /** The bounds count from now on. */
  void begin(long now) {
    handOvers = 0;
    sinceNanos = now;
  }

  /** Whether it may be given to one more local caller. */
  boolean mayHandOn(Step step) {
    return handOvers < step.rules.batons()
        && tokensDrawn < Rules.TOKENS_PER_TICKET
        && step.now() - sinceNanos < step.rules.batonNanos();
  }

  void handedOn() {
    handOvers++;
  }

  /** No more: what comes next comes from the store. */
  void exhaust(Rules rules) {
    handOvers = rules.batons();
  }

  int tokensDrawn() {
    return tokensDrawn;
  }

  /** Which one of the tokens under this ticket comes next. */
  int drawToken() {
    if (tokensDrawn == Rules.TOKENS_PER_TICKET) {
      throw new IllegalStateException("all tokens of a ticket are drawn");
    }
    return tokensDrawn++;
  }
}
