package io.tyer.store.record;

import io.tyer.spi.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a record. Asked again, with what was found then, whenever somebody else was
 * faster or it is not known whether the last answer was written: an answer must find what an
 * earlier one did.
 *
 * @param <S> what the record says
 * @param <R> what the request answers
 */
@FunctionalInterface
interface Change<S, R> {

  /**
   * Decides.
   *
   * @param found the newest version, or null if there is no record
   * @throws StoreException to give up; nothing is written
   */
  Next<S, R> next(@Nullable Versioned<S> found) throws StoreException;

  /** Whether to write again when it is not known whether an earlier decision was written. */
  default boolean repeatable() {
    return true;
  }

  /** Whether what is written may be undone by a crash of the store's server soon after. */
  default boolean mayBeUndone() {
    return false;
  }

  /** Who is to be told when what gives this answer is written, where that may be undone. */
  default List<Hint> hints(R answer) {
    return List.of();
  }

  /**
   * A decision.
   *
   * @param write what the next version says; null if the record stays as it is
   * @param answer what the request answers once that is written
   * @param again whether this is only a step: to be asked again as soon as it is written
   */
  record Next<S, R>(@Nullable S write, R answer, boolean again) {

    static <S, R> Next<S, R> keep(R answer) {
      return new Next<>(null, answer, false);
    }

    static <S, R> Next<S, R> write(S state, R answer) {
      return new Next<>(state, answer, false);
    }

    static <S, R> Next<S, R> step(S state, R answer) {
      return new Next<>(state, answer, true);
    }
  }

  /**
   * How a change ended.
   *
   * @param record the record's newest version as this change left or found it; null if there is
   *     none
   * @param answer the last decision's answer
   * @param possible the answers of earlier decisions of which it is not known whether they were
   *     written; at most one was, and if so, the last decision saw what it did
   */
  record Settled<S, R>(@Nullable Versioned<S> record, R answer, List<R> possible) {}
}
