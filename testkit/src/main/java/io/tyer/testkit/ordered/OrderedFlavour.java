package io.tyer.testkit.ordered;

/** What real servers of ordered nodes differ in. */
public enum OrderedFlavour {

  /**
   * As ZooKeeper: a listing tells what nodes there are, and nothing else of them; nodes are
   * appended unconditionally; an acknowledgement says that the session lived, while the server
   * counts its TTL from what it had heard before: from the call before this one.
   */
  BARE_LISTINGS(false, false, false),

  /**
   * As etcd: a listing tells all of each node; a node may be appended on condition that the line is
   * unchanged; an acknowledgement says that the server counts the TTL from now.
   */
  FULL_LISTINGS(true, true, true);

  private final boolean tellsBodies;
  private final boolean compares;
  private final boolean countsAtOnce;

  OrderedFlavour(boolean tellsBodies, boolean compares, boolean countsAtOnce) {
    this.tellsBodies = tellsBodies;
    this.compares = compares;
    this.countsAtOnce = countsAtOnce;
  }

  boolean tellsBodies() {
    return tellsBodies;
  }

  boolean compares() {
    return compares;
  }

  boolean countsAtOnce() {
    return countsAtOnce;
  }
}
