package io.tyer.testkit.history;

import java.util.List;

/**
 * Something in a history that a promise rules out.
 *
 * @param kind which
 * @param name the lock's name
 * @param from the first instant of what is to be looked at
 * @param to the last one
 * @param leases whose leases are concerned
 * @param text what happened, in words, on several lines
 */
public record Violation(
    Kind kind, String name, long from, long to, List<LeaseId> leases, String text) {

  /** Copies the list. */
  public Violation {
    leases = List.copyOf(leases);
  }

  /**
   * Which lease: all events that carry both numbers.
   *
   * @param process the process
   * @param operation its acquire
   */
  public record LeaseId(int process, long operation) {}

  /** What can be wrong. */
  public enum Kind {
    /** Conflicting leases were valid at the same time. */
    EXCLUSION("S1", "conflicting leases were valid at the same time"),
    /** There was no instant at which the lease could have been granted. */
    NO_ROOM("S1", "granted while conflicting leases were valid all the time"),
    /** A resource that had seen a newer token refused that of a lease that was valid. */
    OVERTAKEN("S1", "a newer token was in use while an exclusive lease was valid"),
    /** Two leases have one token. */
    TOKEN_REUSED("S2", "two leases have the same token"),
    /** A lease has two tokens. */
    TOKEN_CHANGED("S2", "a lease has two tokens"),
    /** An exclusive grant has a smaller token than one before it. */
    TOKEN_ORDER("S2", "an exclusive grant has a smaller token than a grant before it"),
    /** The resource accepted a token smaller than one it had accepted. */
    RESOURCE("S2", "the resource accepted a smaller token after a larger one"),
    /** A conflicting lease was granted before the holder of the lost one was told. */
    TOLD("S5", "the lock was granted to another before the loss was told"),
    /** A lease that was lost said later that it is valid. */
    REVIVED("S5", "a lost lease said that it is valid"),
    /** The history contradicts itself; it proves nothing about locks. */
    HISTORY("history", "the history contradicts itself");

    private final String promise;
    private final String summary;

    Kind(String promise, String summary) {
      this.promise = promise;
      this.summary = summary;
    }

    /** The promise that is broken. */
    public String promise() {
      return promise;
    }

    /** In a few words. */
    public String summary() {
      return summary;
    }
  }
}
