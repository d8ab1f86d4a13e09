package io.tyer.server.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token's secret. The secret is 256 random bits, so that no salt and no slow hash
 * is needed: there is nothing to be guessed.
 */
public record SecretHash(long a, long b, long c, long d) {

  /** How many bytes it has. */
  public static final int BYTES = 4 * Long.BYTES;

  /** Of this secret. */
  public static SecretHash of(byte[] secret) {
    return ofBytes(digest(secret));
  }

  /**
   * The one of which these are the bytes.
   *
   * @throws IllegalArgumentException if they are not {@value #BYTES}
   */
  public static SecretHash ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has " + BYTES + " bytes, not " + bytes.length);
    }
    ByteBuffer digest = ByteBuffer.wrap(bytes);
    return new SecretHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
  }

  /** Its bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  /** Whether it is of this secret; takes as long whatever it is. */
  public boolean matches(byte[] secret) {
    return MessageDigest.isEqual(bytes(), digest(secret));
  }

  private static byte[] digest(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does not show it. */
  @Override
  public String toString() {
    return "SecretHash";
  }
}
