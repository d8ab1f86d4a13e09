package io.tyer.server.state;

import java.io.IOException;

/**
 * A snapshot cannot be used. The message says what is wrong with it and what to do; nothing of it
 * was taken over.
 */
public final class SnapshotException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean newerFormat;

  private SnapshotException(String message, boolean newerFormat) {
    super(message);
    this.newerFormat = newerFormat;
  }

  static SnapshotException damaged(String what) {
    return new SnapshotException(
        "this snapshot is damaged: "
            + what
            + "; empty this member's directory and let it join again, so that it is given the"
            + " state by the others",
        false);
  }

  static SnapshotException damaged(Exception cause) {
    SnapshotException exception = damaged(String.valueOf(cause.getMessage()));
    exception.initCause(cause);
    return exception;
  }

  static SnapshotException foreign() {
    return new SnapshotException(
        "this is not a snapshot of a Tyer server: look whether the directory is the right one",
        false);
  }

  static SnapshotException newer(int found, int known) {
    return new SnapshotException(
        "this snapshot was written by a newer release, in format "
            + found
            + "; this release reads formats up to "
            + known
            + ": upgrade this member",
        true);
  }

  /** Whether a newer release wrote it, so that upgrading helps. */
  public boolean newerFormat() {
    return newerFormat;
  }
}
