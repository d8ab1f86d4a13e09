package io.tyer.server.access;

import java.util.Locale;

/** What a token may do with names, or with the server. */
public enum Right {
  /** Take locks, and give them back. */
  ACQUIRE,
  /** See who holds and waits. */
  READ,
  /** Take a lock from whoever holds it. */
  FORCE,
  /** Make and revoke tokens, and change the group of members; only for all names. */
  ADMIN,
  /** Read how much a member does and has; only for all names. */
  METRICS;

  /** All of them, for messages. */
  static final String ALL = "acquire, read, force, admin and metrics";

  /**
   * The right that is called so.
   *
   * @throws IllegalArgumentException naming all of them
   */
  public static Right parse(String text) {
    for (Right right : values()) {
      if (right.toString().equals(text)) {
        return right;
      }
    }
    throw new IllegalArgumentException("there is no right '" + text + "': there are " + ALL);
  }

  /** Whether it has to do with the server rather than with names. */
  boolean isOfServer() {
    return this == ADMIN || this == METRICS;
  }

  /** Its name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
