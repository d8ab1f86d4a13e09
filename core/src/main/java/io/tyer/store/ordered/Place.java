package io.tyer.store.ordered;

import io.tyer.spi.StoreException;
import io.tyer.spi.StoreException.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a session knows of one of its requests: which node it has, and what that one watches. */
final class Place {

  private final Watches watches;

  /** Appends that were not answered, or not so that it is known what came of them. */
  private final AtomicInteger unsettled = new AtomicInteger();

  /** Whether another append was made after one of which the outcome was not known. */
  private volatile boolean again;

  private volatile boolean tried;
  private volatile @Nullable Row row;

  Place(Watches watches) {
    this.watches = watches;
  }

  Watches watches() {
    return watches;
  }

  void tries() {
    tried = true;
  }

  /** Whether its ticket is to leave if it would have to wait. */
  boolean tried() {
    return tried;
  }

  void appending() {
    if (unsettled.getAndIncrement() > 0) {
      again = true;
    }
  }

  /** What came of an append: a node, nothing, or a failure that may have left one. */
  void appended(@Nullable Row own, @Nullable StoreException failure) {
    if (own != null && (row == null || !again)) {
      row = own;
    }
    if (failure == null || failure.kind() != Kind.UNKNOWN) {
      unsettled.decrementAndGet();
    }
  }

  /** Whether nothing of it can be in the line once its node is not. */
  boolean isSettled() {
    return !again && unsettled.get() == 0;
  }

  /** Whether its node is known, and it can have no other one. */
  boolean isCertain() {
    return row != null && isSettled();
  }

  /** Its node, looked at; that its ticket stands does not say that it still does. */
  @Nullable Row row() {
    return row;
  }

  void stands(Row own) {
    row = own;
  }
}
