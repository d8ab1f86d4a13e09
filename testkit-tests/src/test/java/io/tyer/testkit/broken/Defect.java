package io.tyer.testkit.broken;

import java.util.Locale;

/** What is wrong with a client of the sample store. */
enum Defect {
  /** The floor under a line's numbers is forgotten when the line is empty. */
  NUMBERS_RESTART,
  /** The holder believes in its lease until the store forgets it, with no margin between. */
  NO_MARGIN,
  /** To leave with a ticket that is not there takes away the first one. */
  NO_OWNER_CHECK,
  /** Who waits is only woken, and checks nothing; every second hint is lost. */
  ONLY_HINTS;

  /** The scheme of its addresses. */
  String scheme() {
    return "sample-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
