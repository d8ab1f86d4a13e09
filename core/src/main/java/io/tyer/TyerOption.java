package io.tyer;

import java.util.Locale;

/**
 * The one table of options. Each can be given to {@link TyerBuilder#option}, in the query of the
 * store's address ({@code file:/dir?ttl=5s}) or in the environment ({@code TYER_TTL=5s}); the first
 * of these that is given counts, else the default.
 */
public enum TyerOption {
  /** {@code ttl}. */
  TTL("15s", "how long a session lives in the store after its last beat; at least 1s"),
  /** {@code beat}. */
  BEAT("ttl/3", "how often a session is kept alive; beat + margin must be less than ttl"),
  /** {@code margin}. */
  MARGIN(
      "ttl/10, at least 200ms",
      "how long before the store may forget a session its leases stop being valid; a store may add"
          + " to it"),
  /** {@code operation-timeout}. */
  OPERATION_TIMEOUT("5s", "how long the store may take to answer one request"),
  /** {@code connect-timeout}. */
  CONNECT_TIMEOUT("3s", "how long connecting to the store may take"),
  /** {@code wait}. */
  WAIT("unbounded", "how long an acquire without a time-out of its own waits"),
  /** {@code batons}. */
  BATONS(
      "16",
      "how often a granted ticket is handed to the next local waiter before the lock goes to the"
          + " back of the line; 0 to 2000"),
  /** {@code baton-time}. */
  BATON_TIME("10ms", "for how long after its grant a ticket is handed on; 0 for never"),
  /** {@code order}. */
  ORDER(
      "clients",
      "clients: clients are served in turn, each with some of its callers; strict: callers are"
          + " served as they came, whatever client they are of"),
  /** {@code bias}. */
  BIAS(
      "false",
      "true: the ticket of an exclusive lock is kept after the last local release until another"
          + " client asks for it, so that acquiring again makes no trip"),
  /** {@code bias-idle}. */
  BIAS_IDLE("ttl", "how long a ticket that is kept under bias may lie unused; at least 10ms"),
  /** {@code deadlocks}. */
  DEADLOCKS(
      "on",
      "when threads of this process wait in a circle for what each other hold: on: the last of them"
          + " gets an exception; report: it is logged; off: nobody looks"),
  /** {@code lazy}. */
  LAZY("false", "true: open does not reach for the store, the first acquire does"),
  /** {@code owner}. */
  OWNER("host, process id", "the label others see beside this client's tickets"),
  /** {@code report-unclosed}. */
  REPORT_UNCLOSED(
      "false",
      "true: a lease that is forgotten without being closed is logged with where it was acquired");

  private final String defaultText;
  private final String description;

  TyerOption(String defaultText, String description) {
    this.defaultText = defaultText;
    this.description = description;
  }

  /** The name in a store's address, such as {@code operation-timeout}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name in the environment, such as {@code TYER_OPERATION_TIMEOUT}. */
  public String environmentName() {
    return "TYER_" + name();
  }

  /** The default, in words or as it would be given. */
  public String defaultText() {
    return defaultText;
  }

  /** What it does, in one line. */
  public String description() {
    return description;
  }
}
