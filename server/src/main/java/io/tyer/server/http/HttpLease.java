package io.tyer.server.http;

import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import io.tyer.spi.SessionSecret;
import io.tyer.spi.Surroundings;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A lease: a session of its own, with one ticket. What its client knows of it is the session's
 * secret; the ticket's request id follows from that, so that a request which is sent again finds
 * both.
 */
final class HttpLease {

  private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{32}");
  private static final byte[] REQUEST = {'t', 'y', 'e', 'r', ' ', 'h', 't', 't', 'p'};

  private final SessionSecret secret;
  private final RequestId request;

  private HttpLease(SessionSecret secret) {
    this.secret = secret;
    this.request = request(secret);
  }

  /** A new one that nobody can guess. */
  static HttpLease random(Surroundings surroundings) {
    return new HttpLease(SessionSecret.random(surroundings));
  }

  /**
   * The lease that a client shows.
   *
   * @throws Refusal if it is none; the message does not tell it
   */
  static HttpLease parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw Refusal.bad("a lease is 32 hex digits: 16 random bytes, as 'acquire' answers them");
    }
    return new HttpLease(SessionSecret.of(HexFormat.of().parseHex(text)));
  }

  SessionId session() {
    return secret.publicId();
  }

  RequestId request() {
    return request;
  }

  /** The secret, for its client. */
  String reveal() {
    return HexFormat.of().formatHex(secret.reveal());
  }

  private static RequestId request(SessionSecret secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(REQUEST);
      ByteBuffer id = ByteBuffer.wrap(digest.digest(secret.reveal()));
      return new RequestId(id.getLong(), id.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "lease of session " + session();
  }
}
