package io.tyer.server.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a token's secret. The secret is 256 random bits, so that no salt and no slow hash
 * is needed: there is nothing to be guessed.
 */
public record SecretHash(long a, long b, long c, long d) {

  /** Of this secret. */
  public static SecretHash of(byte[] secret) {
    ByteBuffer digest = ByteBuffer.wrap(digest(secret));
    return new SecretHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
  }

  /** Whether it is of this secret; takes as long whatever it is. */
  public boolean matches(byte[] secret) {
    byte[] own =
        ByteBuffer.allocate(4 * Long.BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
    return MessageDigest.isEqual(own, digest(secret));
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
