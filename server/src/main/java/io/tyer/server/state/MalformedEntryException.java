package io.tyer.server.state;

/**
 * What was read is not an entry, or one that this release cannot read yet. The message says which.
 */
public final class MalformedEntryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean newerFormat;

  private MalformedEntryException(String message, boolean newerFormat) {
    super(message);
    this.newerFormat = newerFormat;
  }

  static MalformedEntryException malformed(String what, Throwable cause) {
    MalformedEntryException exception =
        new MalformedEntryException("malformed entry: " + what, false);
    exception.initCause(cause);
    return exception;
  }

  static MalformedEntryException newer(int found, int known) {
    return new MalformedEntryException(
        "this entry was written by a newer release, in format "
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
