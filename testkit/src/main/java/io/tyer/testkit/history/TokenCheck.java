package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * S2, and the instants of the grants: each lease was granted between the call and the return of its
 * acquire, beside nothing that conflicts, and exclusive ones after all exclusive ones of smaller
 * tokens have ended.
 *
 * <p>Where the lease is proved to have been held, the return of acquire is the best instant: what
 * is proved then need not be longer than its core, which lies after it. Otherwise the earliest is
 * the best: it leaves most to those that follow.
 */
final class TokenCheck {

  private final Findings findings;
  private final List<Core> cores = new ArrayList<>();
  private final Map<List<Integer>, Openings> openings = new HashMap<>();

  private TokenCheck(List<Hold> holds, Findings findings) {
    this.findings = findings;
    holds.forEach(hold -> cores.addAll(hold.cores()));
  }

  /** All leases of one name. */
  static void check(List<Hold> holds, Findings findings) {
    TokenCheck check = new TokenCheck(holds, findings);
    List<Hold> known = new ArrayList<>();
    for (Hold hold : holds) {
      if (check.hasRoom(hold) && hold.lease().token() != 0) {
        known.add(hold);
      }
    }
    known.sort(Comparator.comparingLong(hold -> hold.lease().token()));
    unique(known, findings);
    check.order(known);
  }

  private boolean hasRoom(Hold hold) {
    Acquisition lease = hold.lease();
    if (placed(hold, lease.called()) <= lease.granted()) {
      return true;
    }
    findings.about(
        Violation.Kind.NO_ROOM,
        List.of(hold),
        words ->
            "from the call of this acquire to its return, conflicting leases were valid all the"
                + " time; yet it was granted.");
    return false;
  }

  /** The instant of its grant, at the earliest possible; no matter whether it is too late. */
  private long placed(Hold hold, long earliest) {
    Acquisition lease = hold.lease();
    long from = Math.max(earliest, lease.called());
    if (!hold.empty()) {
      return Math.max(from, lease.granted());
    }
    int weight = lease.weight();
    int capacity = lease.capacity();
    return openings
        .computeIfAbsent(
            List.of(weight, weight == 0 ? 0 : capacity),
            kind -> new Openings(cores, weight, capacity))
        .from(from);
  }

  private static void unique(List<Hold> byToken, Findings findings) {
    for (int i = 1; i < byToken.size(); i++) {
      Hold one = byToken.get(i - 1);
      Hold other = byToken.get(i);
      if (one.lease().token() == other.lease().token()) {
        findings.about(
            Violation.Kind.TOKEN_REUSED,
            List.of(one, other),
            words -> "two leases have the token " + one.lease().token() + ".");
      }
    }
  }

  private void order(List<Hold> byToken) {
    @Nullable Hold last = null;
    // When the last exclusive one had ended or was downgraded; the cores say what comes then.
    long over = Long.MIN_VALUE;
    for (Hold hold : byToken) {
      long placed = placed(hold, over);
      boolean late = placed > hold.lease().granted();
      if (late && last != null && !overlap(last, hold)) {
        report(last, hold, over);
      }
      if (hold.lease().exclusive()) {
        // After a violation it goes on from here, so that one wrong token is not told of all.
        long from = late ? hold.lease().granted() : placed;
        over = hold.empty() ? from : Math.max(from, hold.exclusiveUntil());
        last = hold;
      }
    }
  }

  /** Whether another check tells of them: then it is not the tokens that are wrong. */
  private static boolean overlap(Hold one, Hold other) {
    return Math.max(one.lease().granted(), other.lease().granted())
        < Math.min(one.until(), other.until());
  }

  private void report(Hold smaller, Hold larger, long end) {
    findings.about(
        Violation.Kind.TOKEN_ORDER,
        List.of(smaller, larger),
        words ->
            "by its token, "
                + Words.who(larger.lease())
                + " was granted after the exclusive lease of "
                + Words.who(smaller.lease())
                + "; but that one cannot have been over before "
                + words.at(end)
                + ", and the acquire of the larger token had returned at "
                + words.at(larger.lease().granted())
                + ".");
  }
}
