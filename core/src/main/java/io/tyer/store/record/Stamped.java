package io.tyer.store.record;

/**
 * A version of a record as it was read.
 *
 * @param version counts the record's replacements
 * @param nonce random, drawn when this version was written; two versions with the same number and
 *     nonce are the same
 * @param content not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // Versions are compared by same(), never by equals.
public record Stamped(long version, long nonce, byte[] content) {

  /** Whether the other is the same version of the same record; content is not compared. */
  public boolean same(Stamped other) {
    return version == other.version && nonce == other.nonce;
  }
}
