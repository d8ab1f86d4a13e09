package io.tyer.server.state;

/**
 * The most of everything. They are part of the format: members that differed in one of them would
 * make different states of the same entries.
 */
public final class Bounds {

  /** The most time that one entry lets pass: a leader's pause ends no session. */
  public static final long MAX_ELAPSED_MILLIS = 500;

  /** The shortest TTL. */
  public static final long MIN_TTL_MILLIS = 1_000;

  /** The longest TTL. */
  public static final long MAX_TTL_MILLIS = 7 * 24 * 60 * 60 * 1_000L;

  /** How many sessions there may be. */
  public static final int MAX_SESSIONS = 1_000_000;

  /** How many tickets a session may have. */
  public static final int MAX_TICKETS_OF_SESSION = 10_000;

  /** How many tickets a line may have. */
  public static final int MAX_LINE_LENGTH = 100_000;

  /** How many outcomes are kept for a session that does not settle them. */
  public static final int MAX_UNSETTLED = 1_024;

  /** How many lines are listed at once. */
  public static final int MAX_LISTED_LINES = 1_000;

  /** After so many tickets no further line is listed at once. */
  public static final int MAX_LISTED_TICKETS = 10_000;

  /**
   * After about so many bytes no further line is listed at once, and no further ticket of a line:
   * it must fit the heap many times.
   */
  public static final int MAX_LISTED_BYTES = 2 << 20;

  /** How many of the tickets that are in the way are told, the heaviest and nearest. */
  public static final int MAX_BLOCKERS = 16;

  /** How many sessions that have ended are remembered. */
  public static final int MAX_DEAD = 100_000;

  /** For how long they are remembered, in replicated time. */
  public static final long DEAD_MILLIS = 24 * 60 * 60 * 1_000L;

  /** How many access tokens there may be. */
  public static final int MAX_TOKENS = 10_000;

  /** How many of them are listed at once. */
  public static final int MAX_LISTED_TOKENS = 100;

  /**
   * How far numbers are raised without being given out, and where they begin: as many are left
   * above it.
   */
  public static final long MAX_FLOOR = 1L << 50;

  /** Numbers that follow a clock are its microseconds since this one, the beginning of 2025. */
  public static final long MICROS_2025 = 1_735_689_600_000_000L;

  private Bounds() {}
}
