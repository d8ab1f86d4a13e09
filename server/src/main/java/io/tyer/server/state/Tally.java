package io.tyer.server.state;

import java.util.Arrays;

/**
 * What one entry came to, in numbers. It is the machine's own, holds until the next entry is
 * applied, and is no part of the state: nothing is decided by it.
 *
 * <p>How long somebody waited or held is told by the wall clock's times that entries carry: exact
 * to the milliseconds of an entry, and wrong where a leader's clock was set meanwhile, but never
 * negative.
 */
@SuppressWarnings("EnumOrdinal") // an array of counts, cleared with each entry
public final class Tally {

  private int commands;
  private int expired;
  private int failed;
  private final int[] failures = new int[Outcome.Why.values().length];
  private final Spans waits = new Spans();
  private final Spans holds = new Spans();

  Tally() {}

  /** How many commands the entry had. */
  public int commands() {
    return commands;
  }

  /** How many sessions ended because their time was over. */
  public int expired() {
    return expired;
  }

  /** How many commands had no effect. */
  public int failed() {
    return failed;
  }

  /** How many commands had no effect for this reason. */
  public int failed(Outcome.Why why) {
    return failures[why.ordinal()];
  }

  /** How long the tickets that were granted had waited. */
  public Spans waits() {
    return waits;
  }

  /** How long the granted tickets that left, in whatever way, had been granted. */
  public Spans holds() {
    return holds;
  }

  void begin(int ofCommands) {
    commands = ofCommands;
    expired = 0;
    if (failed > 0) {
      failed = 0;
      Arrays.fill(failures, 0);
    }
    waits.clear();
    holds.clear();
  }

  void hasExpired() {
    expired++;
  }

  void came(Outcome outcome) {
    if (outcome instanceof Outcome.Failed none) {
      failed++;
      failures[none.why().ordinal()]++;
    }
  }

  void hasGranted(long waitedMillis) {
    waits.add(waitedMillis);
  }

  void hasLeft(long heldMillis) {
    holds.add(heldMillis);
  }
}
