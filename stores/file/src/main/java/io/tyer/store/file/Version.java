package io.tyer.store.file;

import io.tyer.spi.Surroundings;
import io.tyer.store.record.Stamped;

/** One version of a record, with the nonces of those before it. */
final class Version {

  /**
   * How many nonces of earlier versions a version carries. A writer that was held up learns from
   * them whether its version became one of the chain, as long as no more than these came after it.
   */
  static final int ANCESTORS = 256;

  private final Stamped stamped;
  private final long[] ancestors;
  private final boolean last;

  /** What this client knows of old versions: those up to this number are gone. */
  private volatile long prunedTo;

  private volatile long seenNanos;

  /**
   * A version as it was read or will be written.
   *
   * @param ancestors the nonces of the versions before this one, the nearest first
   * @param last whether this version says that the record is removed
   */
  Version(long number, long nonce, long[] ancestors, byte[] content, boolean last) {
    this.stamped = new Stamped(number, nonce, content);
    this.ancestors = ancestors;
    this.last = last;
  }

  /** A new nonce. 0 stands for none. */
  static long nonce(Surroundings random) {
    long nonce = random.nextLong();
    return nonce == 0 ? 1 : nonce;
  }

  static Version first(long nonce, byte[] content) {
    return new Version(1, nonce, new long[0], content, false);
  }

  /** The version that follows this one. */
  Version next(long nonce, byte[] content, boolean last) {
    long[] nonces = new long[Math.min(ANCESTORS, ancestors.length + 1)];
    nonces[0] = nonce();
    System.arraycopy(ancestors, 0, nonces, 1, nonces.length - 1);
    return new Version(number() + 1, nonce, nonces, content, last);
  }

  Stamped stamped() {
    return stamped;
  }

  long number() {
    return stamped.version();
  }

  long nonce() {
    return stamped.nonce();
  }

  byte[] content() {
    return stamped.content();
  }

  /** The nonce of the version before this one, 0 for the first. */
  long previous() {
    return ancestors.length == 0 ? 0 : ancestors[0];
  }

  /** Whether this version says that the record is removed. */
  boolean last() {
    return last;
  }

  /** The nonce that the version with this number had in the chain, or 0 if that is not known. */
  long nonceAt(long number) {
    long back = number() - number;
    if (back == 0) {
      return nonce();
    }
    return back > 0 && back <= ancestors.length ? ancestors[(int) back - 1] : 0;
  }

  /** Up to which number old versions are known to be gone; 0 if nothing is known. */
  long prunedTo() {
    return prunedTo;
  }

  /** When this client last looked for itself whether this is the newest version. */
  long seenNanos() {
    return seenNanos;
  }

  void setSeenNanos(long nanos) {
    seenNanos = nanos;
  }

  void setPrunedTo(long number) {
    prunedTo = number;
  }

  int ancestorCount() {
    return ancestors.length;
  }

  long ancestor(int index) {
    return ancestors[index];
  }
}
