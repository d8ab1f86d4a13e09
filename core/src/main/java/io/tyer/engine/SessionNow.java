package io.tyer.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the client's session at the time of an event. Every other session is over, for
 * good.
 *
 * @param open the session to enter with; null if one must be opened first
 * @param proved whether the store certainly has not begun to forget it
 */
record SessionNow(@Nullable OpenSession open, boolean proved) {

  static final SessionNow NONE = new SessionNow(null, false);
}
