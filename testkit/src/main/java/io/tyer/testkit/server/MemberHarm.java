package io.tyer.testkit.server;

/** What can befall one member of a {@link ServerGroup}. */
public enum MemberHarm {
  /**
   * Nothing passes between it and the other members; half of the clients that have hosts of their
   * own reach it alone, and half of them the others.
   */
  ISOLATED("cut off from the other members, with half of the clients on its side"),
  /** Nothing passes between it and the other members; clients reach it. */
  CUT_OFF("cut off from the other members"),
  /** It hears no other member, and they hear it; clients reach it. */
  DEAF("hears no other member"),
  /** No other member hears it, and it hears them; clients reach it. */
  UNHEARD("is heard by no other member"),
  /** Nothing passes between it and clients; the other members reach it. */
  OUT_OF_REACH("cut off from clients"),
  /** There is no room on its disk. */
  DISK_FULL("its disk is full"),
  /** Its disk is read-only. */
  DISK_READ_ONLY("its disk is read-only");

  private final String words;

  MemberHarm(String words) {
    this.words = words;
  }

  /** What it is, for reports. */
  public String words() {
    return words;
  }
}
