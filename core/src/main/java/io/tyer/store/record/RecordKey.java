package io.tyer.store.record;

import org.jspecify.annotations.Nullable;

/**
 * What a record is called.
 *
 * @param kind what it holds
 * @param id lower-case letters, digits and {@code -}, at most 64 of them; of lines, what {@link
 *     RecordMedium#home} says
 */
public record RecordKey(Kind kind, String id) {

  /** What records hold. */
  public enum Kind {
    /**
     * The lines of some names, with the floor under their numbers. Removed only by {@link
     * RecordMedium#sweepLines}.
     */
    LINES,
    /** A session. Removed when it is over. */
    SESSION,
    /** Something the whole store shares, such as the high-water mark of numbers. Never removed. */
    SHARED
  }

  /** Written out, for what is generated is linked at run time, which short programs wait for. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordKey key && kind == key.kind && id.equals(key.id);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + id.hashCode();
  }
}
