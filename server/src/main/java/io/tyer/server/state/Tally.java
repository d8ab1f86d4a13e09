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

  private static final int FEW = 256;
  private static final int KEPT = 1 << 14;

  private int commands;
  private int expired;
  private final int[] failed = new int[Outcome.Why.values().length];
  private long[] waits = new long[FEW];
  private int granted;
  private long[] holds = new long[FEW];
  private int left;

  /** How many commands the entry had. */
  public int commands() {
    return commands;
  }

  /** How many sessions ended because their time was over. */
  public int expired() {
    return expired;
  }

  /** How many commands had no effect for this reason. */
  public int failed(Outcome.Why why) {
    return failed[why.ordinal()];
  }

  /** How many tickets were granted. */
  public int granted() {
    return granted;
  }

  /**
   * How long one of them had waited, in milliseconds.
   *
   * @param index from 0, below {@link #granted}
   */
  public long waitMillis(int index) {
    return waits[index];
  }

  /** How many granted tickets left, in whatever way. */
  public int left() {
    return left;
  }

  /**
   * How long one of them had been granted, in milliseconds.
   *
   * @param index from 0, below {@link #left}
   */
  public long holdMillis(int index) {
    return holds[index];
  }

  void begin(int ofCommands) {
    commands = ofCommands;
    expired = 0;
    Arrays.fill(failed, 0);
    granted = 0;
    left = 0;
    if (waits.length > KEPT) {
      waits = new long[FEW];
    }
    if (holds.length > KEPT) {
      holds = new long[FEW];
    }
  }

  void hasExpired() {
    expired++;
  }

  void came(Outcome outcome) {
    if (outcome instanceof Outcome.Failed none) {
      failed[none.why().ordinal()]++;
    }
  }

  void hasGranted(long waitedMillis) {
    if (granted == waits.length) {
      waits = Arrays.copyOf(waits, 2 * granted);
    }
    waits[granted++] = Math.max(0, waitedMillis);
  }

  void hasLeft(long heldMillis) {
    if (left == holds.length) {
      holds = Arrays.copyOf(holds, 2 * left);
    }
    holds[left++] = Math.max(0, heldMillis);
  }
}
