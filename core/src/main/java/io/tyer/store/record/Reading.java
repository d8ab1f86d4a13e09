package io.tyer.store.record;

import io.tyer.spi.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading one record among several.
 *
 * @param <T> what a record is read as
 * @param found null if there is no such record, or it was not read
 * @param failure why this one was not read, which says nothing of the others
 */
public record Reading<T>(@Nullable T found, @Nullable StoreException failure) {

  /** It was read, or is not there. */
  public static <T> Reading<T> of(@Nullable T found) {
    return new Reading<>(found, null);
  }

  /** It was not read. */
  public static <T> Reading<T> failed(StoreException why) {
    return new Reading<>(null, why);
  }

  /** What was found; null if there is no such record. */
  public @Nullable T orThrow() throws StoreException {
    if (failure != null) {
      throw failure;
    }
    return found;
  }
}
