package io.tyer.server.state;

/**
 * Which release's way of applying entries the members have agreed on. A change of what an entry
 * comes to asks it, so that members of two releases make the same state of the same entries.
 */
final class Adopted {

  /** How members behave that have adopted nothing. */
  static final int FIRST = 2;

  private int version = FIRST;

  /** The version in force. */
  int version() {
    return version;
  }

  /** Goes up only. */
  void raise(int to) {
    version = Math.max(version, to);
  }
}
