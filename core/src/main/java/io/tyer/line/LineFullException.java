package io.tyer.line;

/**
 * A line can take no further ticket, because it is as {@linkplain Line#MAX_LENGTH long} as a line
 * may be or has given out the {@linkplain Ticket#MAX_NUMBER last number} there is. The line is
 * unchanged; the message says which it was.
 */
public final class LineFullException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LineFullException(String message) {
    super(message);
  }
}
