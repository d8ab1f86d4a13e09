package io.tyer.line;

/**
 * What was read is not the written form of a line, or is one that this release cannot read yet. The
 * message says what is wrong with it.
 */
public final class MalformedLineException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean newerFormat;

  private MalformedLineException(String message, boolean newerFormat) {
    super(message);
    this.newerFormat = newerFormat;
  }

  static MalformedLineException malformed(String what) {
    return new MalformedLineException("malformed line: " + what, false);
  }

  static MalformedLineException malformed(String what, Throwable cause) {
    MalformedLineException exception = malformed(what);
    exception.initCause(cause);
    return exception;
  }

  static MalformedLineException newer(String found, int known) {
    return new MalformedLineException(
        "this line was written by a newer release, in format "
            + found
            + "; this release reads formats up to "
            + known
            + ": upgrade this client",
        true);
  }

  /**
   * Whether a newer release wrote it: true if its version is higher than this release knows, in
   * which case upgrading helps; false if it is damaged or was never a line.
   */
  public boolean newerFormat() {
    return newerFormat;
  }
}
