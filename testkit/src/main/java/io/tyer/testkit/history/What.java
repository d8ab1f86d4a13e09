package io.tyer.testkit.history;

/** What an {@link Event} tells. */
public enum What {
  /** A process begins. The note is its number in the operating system. */
  STARTED,

  /** It is about to acquire. Carries the name, the weight and the capacity. */
  ACQUIRE,
  /** It was given a lease. Carries the token if it was asked for at once. */
  GRANTED,
  /** It was not: busy, timed out, cancelled or interrupted. It holds nothing. */
  BUSY,
  /** It was told by an exception that it holds nothing. */
  FAILED,
  /** The outcome is unknown: the caller holds nothing, but its ticket may linger. */
  UNKNOWN,

  /**
   * The lease was valid. The instant was taken before asking, {@code validFor} is what was left.
   */
  VALID,
  /** The lease said that it is not valid. The instant was taken before asking. */
  INVALID,
  /** The lease told that it is lost. The note is the name of the {@link io.tyer.LossCause}. */
  LOST,

  /** It is about to downgrade. From here on the lease may be shared. */
  DOWNGRADE,
  /** The lease is shared. */
  DOWNGRADED,
  /** It is about to give the lease back. */
  RELEASE,
  /** It gave the lease back. */
  RELEASED,

  /** It is about to write, with its token, to what the lock protects. */
  WRITE,
  /**
   * The write was accepted. A fenced resource writes this too, without an operation, in the order
   * in which it accepts.
   */
  ACCEPTED,
  /** The write was refused: its token is smaller than one seen before. */
  REFUSED,
  /** Nobody knows what became of the write. */
  UNANSWERED,

  /** The process was killed. Written by whoever did it; the instant is before the signal. */
  KILLED,
  /** The process was stopped. Written by whoever did it; the instant is before the signal. */
  PAUSED,
  /** The process goes on. Written by whoever did it; the instant is after the signal. */
  RESUMED,
  /** A fault strikes. The note says which. */
  FAULT,
  /** A fault is over. The note is that of the fault. */
  HEALED,

  /** No faults from here on: what is left must come to its end. */
  QUIET,
  /** A process has done what it had to do. */
  ENDED
}
