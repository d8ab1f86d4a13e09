package io.tyer.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * S5: who lost a lease was told before a conflicting one was granted to another process, and a lost
 * lease is never valid again.
 *
 * <p>Where one of both leases is exclusive; permits are not told apart. A holder that was not told
 * at all counts once its process has shown that it still runs.
 */
final class ToldCheck {

  private final Findings findings;
  private final Map<Integer, ProcessLife> lives;
  private final long slack;

  ToldCheck(Map<Integer, ProcessLife> lives, Findings findings) {
    this.lives = lives;
    this.findings = findings;
    this.slack = findings.rules().slack().toNanos();
  }

  /** All leases of one name. */
  void check(List<Hold> holds) {
    List<Hold> all = new ArrayList<>(holds);
    all.sort(Comparator.comparingLong(hold -> hold.lease().granted()));
    List<Hold> exclusive = new ArrayList<>(all);
    exclusive.removeIf(hold -> !hold.lease().exclusive());
    for (Hold hold : all) {
      revived(hold);
      Hold next = successor(hold, hold.lease().exclusive() ? all : exclusive);
      if (next != null && wasRunning(hold.lease(), next.lease().granted())) {
        report(hold, next);
      }
    }
  }

  private void revived(Hold hold) {
    long lost = hold.lease().lost();
    if (lost < hold.lease().lastProof() && hold.lease().lastProof() > hold.lease().granted()) {
      findings.about(
          Violation.Kind.REVIVED,
          List.of(hold),
          words ->
              "this lease was told to be lost at "
                  + words.at(lost)
                  + " and said at "
                  + words.at(hold.lease().lastProof())
                  + " that it is valid.");
    }
  }

  /** The first to be granted what this one holds, before it gave it back or was told. */
  private @Nullable Hold successor(Hold hold, List<Hold> others) {
    Acquisition lease = hold.lease();
    long told = Math.min(lease.released(), lease.lost());
    for (int i = firstAfter(others, lease.granted()); i < others.size(); i++) {
      Hold other = others.get(i);
      long granted = other.lease().granted();
      if (Hold.plus(granted, slack) >= told) {
        return null;
      }
      boolean conflict = other.lease().exclusive() || granted <= lease.downgraded();
      // Before the end of what is proved it is not the telling that is wrong.
      if (conflict
          && granted >= hold.until()
          && other.lease().process() != lease.process()
          && isAfter(other, hold)) {
        return other;
      }
    }
    return null;
  }

  private static int firstAfter(List<Hold> byGrant, long instant) {
    int low = 0;
    int high = byGrant.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (byGrant.get(middle).lease().granted() <= instant) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Whether the one whose acquire returned later was granted later. One that was returned late may
   * have been granted, and lost, before.
   */
  private static boolean isAfter(Hold other, Hold hold) {
    return !other.empty()
        || other.lease().called() >= hold.lease().granted()
        || (hold.lease().token() != 0 && other.lease().token() > hold.lease().token());
  }

  private boolean wasRunning(Acquisition lease, long granted) {
    ProcessLife life = lives.getOrDefault(lease.process(), ProcessLife.UNDISTURBED);
    long due = Hold.plus(granted, slack);
    long told = lease.lost() == Acquisition.NEVER ? due : lease.lost();
    return life.killed() > due
        && life.lastSign() > due
        && !life.paused(Math.min(lease.lastProof(), granted), told);
  }

  private void report(Hold hold, Hold next) {
    long lost = hold.lease().lost();
    findings.about(
        Violation.Kind.TOLD,
        List.of(hold, next),
        words ->
            Words.who(next.lease())
                + " was granted the lock at "
                + words.at(next.lease().granted())
                + ", and "
                + Words.who(hold.lease())
                + ", which had not given it back, was "
                + (lost == Acquisition.NEVER
                    ? "never told that it is lost."
                    : "told only at " + words.at(lost) + " that it is lost."));
  }
}
