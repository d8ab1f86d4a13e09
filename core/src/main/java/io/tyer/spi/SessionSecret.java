package io.tyer.spi;

import io.tyer.line.SessionId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The 128 random bits by which a session proves that a ticket is its own (promise S3). Everything
 * others can see carries {@link #publicId()} instead, from which the secret cannot be computed.
 */
public final class SessionSecret {

  private static final int BYTES = 16;

  private final byte[] secret;
  private final SessionId publicId;

  private SessionSecret(byte[] secret) {
    this.secret = secret;
    this.publicId = derive(secret);
  }

  /** A new secret. */
  public static SessionSecret random(Surroundings surroundings) {
    byte[] secret = new byte[BYTES];
    surroundings.nextSecret(secret);
    return new SessionSecret(secret);
  }

  /**
   * The secret with these bits, as {@link #reveal} told them.
   *
   * @throws IllegalArgumentException if there are not exactly 128; the message does not tell them
   */
  public static SessionSecret of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException(
          "a session's secret has " + BYTES + " bytes; this has " + secret.length);
    }
    return new SessionSecret(secret.clone());
  }

  /** The id that tickets, channels, listings and logs carry: the head of the secret's SHA-256. */
  public SessionId publicId() {
    return publicId;
  }

  /** The secret itself, for a store that must send it to its server; a copy. */
  public byte[] reveal() {
    return secret.clone();
  }

  private static SessionId derive(byte[] secret) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(secret));
      return new SessionId(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The public id; never the secret. */
  @Override
  public String toString() {
    return "session " + publicId;
  }
}
