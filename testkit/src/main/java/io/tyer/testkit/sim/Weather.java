package io.tyer.testkit.sim;

import java.util.List;

/**
 * How badly messages fare.
 *
 * @param loseRequest how likely a request never arrives
 * @param loseReply how likely a reply never arrives
 * @param repeat how likely a request arrives twice
 * @param loseHint how likely a notification never arrives; a repetition is half as likely
 * @param slow how likely a message takes very long, perhaps beyond the operation time-out
 * @param latency the usual time under way, in nanoseconds
 */
record Weather(
    double loseRequest,
    double loseReply,
    double repeat,
    double loseHint,
    double slow,
    long latency) {

  /** Nothing is lost and all is fast. */
  static final Weather FINE = new Weather(0, 0, 0, 0, 0, 400_000);

  static Weather random(Dice dice) {
    double bad = dice.oneOf(List.of(0.0, 0.01, 0.05, 0.15));
    double hints = dice.oneOf(List.of(0.0, 0.1, 0.5, 1.0));
    long latency = dice.oneOf(List.of(100_000L, 400_000L, 2_000_000L, 20_000_000L));
    return new Weather(
        bad * dice.unit(),
        bad * dice.unit(),
        dice.chance(0.3) ? 0 : bad * dice.unit(),
        hints * dice.unit(),
        dice.oneOf(List.of(0.0, 0.02, 0.1)) * dice.unit(),
        latency);
  }

  /** The same, with messages that take far longer, and some that are given up on the way. */
  Weather slower() {
    return new Weather(
        loseRequest + 0.2, loseReply + 0.2, repeat, loseHint, slow + 0.3, 20 * latency);
  }

  /** Fine, except that notifications fare as before: losing all of them only costs time. */
  Weather cleared() {
    return new Weather(0, 0, 0, loseHint, 0, Math.min(latency, FINE.latency));
  }
}
