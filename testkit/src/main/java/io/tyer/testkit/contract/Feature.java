package io.tyer.testkit.contract;

/** What a store may be unable to do, or a test unable to do to it. */
public enum Feature {
  /** The store keeps what it acknowledged when it is stopped and started again. */
  RESTART,
  /** A line can be removed by hand, as an operator's mistake would. */
  REMOVE_LINE,
  /** A session may have a TTL of a week. */
  WEEK,
  /** The store tells a client what concerns it, so that tickets may be kept under bias. */
  TELLS,
  /** A client has one session, whatever names it uses, so that its next request opens none. */
  ONE_SESSION,
  /** A client has one connection, so that what breaks the next one to be used meets its request. */
  ONE_CONNECTION
}
