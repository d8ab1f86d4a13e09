package io.tyer.example.coupons;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A sale, and what is expected of it. */
enum Round {
  NO_LOCK(
      1,
      "no lock",
      Guard.NOTHING,
      Blow.NONE,
      "sells too many: nothing protects it",
      "Each buyer reads how many are left, lets the user think, and writes one less. Between the"
          + " two, others do the same."),
  LOCK(
      2,
      "lock",
      Guard.LOCK,
      Blow.NONE,
      "sells exactly what there is",
      "The same code under the coupon's lock: buyers take turns, in the order in which they came."),
  KILLED(
      3,
      "lock; a buyer is killed",
      Guard.LOCK,
      Blow.KILL,
      "sells exactly what there is: the others go on",
      "A buyer is killed (SIGKILL) between its read and its write. Its lock goes to the next one"
          + " when it is known to be dead: at once where that can be proved, after the TTL at the"
          + " latest."),
  FENCED(
      4,
      "lock; a buyer is paused, tokens are checked",
      Guard.LOCK_AND_FENCE,
      Blow.PAUSE,
      "sells exactly what there is: the late write is refused",
      "A buyer is paused (SIGSTOP) between its last look at the lock and its write. After the TTL"
          + " the others go on and sell the rest. Then it wakes up and writes what it meant to:"
          + " the database has seen a newer token, and refuses."),
  NOT_FENCED(
      5,
      "lock; a buyer is paused, tokens are not checked",
      Guard.LOCK,
      Blow.PAUSE,
      "sells too many: no lock can prevent that",
      "The same, but the database does not look at tokens. What the buyer writes is as old as its"
          + " read: coupons that were sold are there again, and are sold again.");

  /**
   * How much longer than a TTL a sale may stand still after a death: a check, a beat, a slow CPU.
   */
  private static final Duration STALL_GRACE = Duration.ofSeconds(2);

  private final int number;
  private final String title;
  private final Guard guard;
  private final Blow blow;
  private final String expected;
  private final String story;

  Round(int number, String title, Guard guard, Blow blow, String expected, String story) {
    this.number = number;
    this.title = title;
    this.guard = guard;
    this.blow = blow;
    this.expected = expected;
    this.story = story;
  }

  /** From 1. */
  int number() {
    return number;
  }

  String title() {
    return title;
  }

  Guard guard() {
    return guard;
  }

  Blow blow() {
    return blow;
  }

  /** What should come of it, as the end of a sentence that begins with the round. */
  String expected() {
    return expected;
  }

  /** Whether nothing keeps it from selling more than there are, which is what it shows. */
  boolean oversells() {
    return guard == Guard.NOTHING || (blow == Blow.PAUSE && guard == Guard.LOCK);
  }

  /** Why that comes of it, in a few sentences. */
  String story() {
    return story;
  }

  /** What did not come out as expected; empty if all did. */
  List<String> broken(RoundResult result) {
    List<String> broken = new ArrayList<>(result.failures());
    Audit audit = result.audit();
    if (oversells()) {
      require(broken, audit.oversold() > 0, "nothing was oversold");
    } else {
      require(broken, audit.oversold() == 0, audit.oversold() + " were oversold");
      require(broken, audit.sold() >= audit.stock(), "only " + audit.sold() + " were sold");
      require(broken, audit.remaining() == 0, audit.remaining() + " are said to be left");
      require(
          broken, audit.overLimit() == 0, audit.overLimit() + " went to users beyond the limit");
    }
    require(
        broken,
        audit.sold() == result.count(EventKind.SOLD),
        "buyers say they sold " + result.count(EventKind.SOLD) + ", the database " + audit.sold());
    require(broken, audit.halves() == 0, audit.halves() + " orders have no redemption");
    requireBlow(broken, result);
    return broken;
  }

  private void requireBlow(List<String> broken, RoundResult result) {
    int struck = result.count(EventKind.KILLED) + result.count(EventKind.PAUSED);
    require(broken, struck == (blow == Blow.NONE ? 0 : 1), struck + " buyers were struck");
    int refused = result.count(EventKind.REFUSED);
    int due = blow == Blow.PAUSE && guard == Guard.LOCK_AND_FENCE ? 1 : 0;
    require(broken, refused == due, "the fence refused " + refused + " writes, not " + due);
    Duration longest = result.settings().ttl().plus(STALL_GRACE);
    require(
        broken,
        blow != Blow.KILL || result.stall().compareTo(longest) <= 0,
        "nobody sold for " + Text.seconds(result.stall()) + ", more than " + Text.seconds(longest));
  }

  private static void require(List<String> broken, boolean kept, String otherwise) {
    if (!kept) {
      broken.add(otherwise);
    }
  }
}
