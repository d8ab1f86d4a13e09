package io.tyer.store.record;

/**
 * What a record is called.
 *
 * @param kind what it holds
 * @param id lower-case letters, digits and {@code -}, at most 64 of them
 */
public record RecordKey(Kind kind, String id) {

  /** What records hold. */
  public enum Kind {
    /** The lines of some names, with the floor under their numbers. Never removed. */
    LINES,
    /** A session. Removed when it is over. */
    SESSION,
    /** Something the whole store shares, such as the high-water mark of numbers. Never removed. */
    SHARED
  }
}
