package io.tyer.testkit.history;

import java.util.Objects;

/**
 * One thing that happened, as whoever it happened to wrote it down.
 *
 * @param at {@link System#nanoTime()}, which is comparable between the processes of one Linux host
 * @param process which client process; a client that is opened again gets a new number
 * @param operation which acquire of that process; all events of one lease carry the same; 0 where
 *     there is none
 * @param what what happened
 * @param name the lock's name; empty where there is none
 * @param weight 0 if exclusive (mutex, write lock); else shared, and how much is taken
 * @param capacity of how much ({@link Integer#MAX_VALUE} for read locks); 0 if exclusive
 * @param token the fencing token where it is known; else 0
 * @param validFor {@link What#VALID}: what was left, in nanoseconds, read right after {@code at}
 * @param note a cause, an exception, what the fault is; empty where there is nothing to say
 */
public record Event(
    long at,
    int process,
    long operation,
    What what,
    String name,
    int weight,
    int capacity,
    long token,
    long validFor,
    String note) {

  /** Checks that nothing is missing or below zero, except {@code at}. */
  public Event {
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(note, "note");
    notNegative("process", process);
    notNegative("operation", operation);
    notNegative("weight", weight);
    notNegative("capacity", capacity);
    notNegative("token", token);
    notNegative("validFor", validFor);
  }

  private static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " is " + value);
    }
  }
}
