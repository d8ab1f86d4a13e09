package io.tyer.spi;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a store did not do what was asked, and what is known about the effect. */
public final class StoreException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** What is known after a failed request. */
  public enum Kind {
    /** The store was not reached: the request had no effect and may be sent again. */
    UNREACHABLE,
    /** The request may have had its effect, or may yet have it. */
    UNKNOWN,
    /** The session has ended in the store, for good: it holds nothing any more. */
    SESSION_DEAD,
    /**
     * The store refused and will refuse again: no rights, a newer format, a full line. The request
     * had no effect.
     */
    REFUSED
  }

  private final Kind kind;

  /** A failure without an underlying cause. */
  public StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** A failure with its cause; the message must name the store, and no secret. */
  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What is known about the request's effect. */
  public Kind kind() {
    return kind;
  }
}
