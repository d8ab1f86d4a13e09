package io.tyer.testkit.contract;

/** What Tyer promises. */
public enum Promise {
  /** Exclusion: no two clients hold valid conflicting leases. */
  S1("no two clients hold valid conflicting leases"),
  /** Fencing: tokens grow. */
  S2("each exclusive grant has a larger token than every grant before it"),
  /** Ownership: only who took a ticket gives it back. */
  S3("only the session that took a ticket gives it back"),
  /** Order: tickets are granted in line order. */
  S4("tickets are granted in line order"),
  /** Loss is told. */
  S5("a holder is told of its loss before any conflicting grant"),
  /** Progress. */
  L1("every live ticket is granted once what is ahead of it has left or died"),
  /** Bounded waiting. */
  L2("waits end in time, and leave no ticket behind"),
  /** Nothing left. */
  L3("closed and crashed clients leave nothing in the store"),
  /** What the documentation of the API says beyond the promises. */
  API("each call does what its documentation says");

  private final String text;

  Promise(String text) {
    this.text = text;
  }

  /** The promise in a line. */
  public String text() {
    return text;
  }
}
