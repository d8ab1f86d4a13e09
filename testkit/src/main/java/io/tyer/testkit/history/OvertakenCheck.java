package io.tyer.testkit.history;

import java.util.List;

/**
 * S1, seen by the resource: it refuses a token once it has accepted a newer one, which is drawn
 * only under a grant that came later. A lease whose token was refused must not say afterwards that
 * it is valid; if it does, two exclusive leases were.
 *
 * <p>What a lease says after it began to downgrade is left out: only exclusive leases write.
 */
final class OvertakenCheck {

  private OvertakenCheck() {}

  /** All leases of one name. */
  static void check(List<Hold> holds, Findings findings) {
    for (Hold hold : holds) {
      if (hold.lease().exclusive()) {
        check(hold, findings);
      }
    }
  }

  private static void check(Hold hold, Findings findings) {
    Acquisition lease = hold.lease();
    long refused = lease.first(What.REFUSED);
    if (refused == Acquisition.NEVER) {
      return;
    }
    for (Event event : lease.events()) {
      if (event.what() == What.VALID && event.at() > refused && event.at() < lease.downgraded()) {
        findings.about(
            Violation.Kind.OVERTAKEN,
            List.of(hold),
            words ->
                "the resource refused the token of this lease at "
                    + words.at(refused)
                    + ", so a newer one had been accepted; and the lease said at "
                    + words.at(event.at())
                    + " that it is valid.");
        return;
      }
    }
  }
}
