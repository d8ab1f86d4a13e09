package io.tyer.server.log;

/** These bytes are no entry, or one that only a later release reads; the message says which. */
public final class UnreadableEntryException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public UnreadableEntryException(String message, Throwable cause) {
    super(message, cause);
  }
}
