package io.tyer;

/** What became of a {@linkplain DistributedLock#reserve() reservation}. */
public enum Reservation {
  /**
   * The lock's ticket lies with this client: acquiring it asks nobody until another one wants it.
   */
  RESERVED,
  /** Somebody holds the lock or waits for it; nothing is left behind. */
  BUSY,
  /**
   * No ticket is kept, and nothing is left behind: the lock is not {@linkplain
   * DistributedLock#biased biased}, bias cannot be had of it, or it has withdrawn for a while since
   * others keep coming. Acquiring the lock asks the store, as always without bias.
   */
  NOT_KEPT
}
