package io.tyer.testkit.contract;

/** Under what a promise is shown. */
public enum Fault {
  /** Nothing is broken. */
  NONE("nothing is broken"),
  /** A client stops: its beats are missing. */
  SILENT_CLIENT("a client stops beating"),
  /** The connection is cut and heals. */
  CUT("the connection is cut, and heals"),
  /** Connections are refused. */
  REFUSED("connections are refused"),
  /** The connection breaks while a request is answered. */
  RESET("the connection breaks in mid-request"),
  /** A reply is lost after its request took effect. */
  LOST_REPLY("a reply is lost after the commit"),
  /** What the store tells unasked never arrives. */
  LOST_HINTS("notifications are lost"),
  /** The store is restarted with what it has acknowledged. */
  RESTART("the store is restarted"),
  /** Somebody removes a line from the store by hand. */
  LINE_REMOVED("a line is removed by hand"),
  /** An operator takes a lock by force. */
  FORCE("a lock is taken by force");

  private final String text;

  Fault(String text) {
    this.text = text;
  }

  /** The fault in a few words. */
  public String text() {
    return text;
  }
}
