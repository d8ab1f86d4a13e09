package io.tyer.engine;

/**
 * Performs the effects of one kind of state.
 *
 * @param <E> which effects
 */
interface Performer<E> {

  /** Performs one; what that leads to is added to the chain. */
  void perform(E effect, Chain chain);
}
