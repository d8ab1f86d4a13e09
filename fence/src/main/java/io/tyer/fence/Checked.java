package io.tyer.fence;

import io.tyer.Lease;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What callers give, checked. */
final class Checked {

  /** As long as a lock's name may be, which a resource is often called by. */
  private static final int MOST_BYTES = 512;

  private Checked() {}

  /** The token of a lease that is still held, as far as its client can know. */
  static long token(Lease lease) {
    lease.checkValid();
    return lease.token();
  }

  static long token(long token) {
    if (token <= 0) {
      throw new IllegalArgumentException(
          "a fencing token is a positive number, as Lease.token() gives it, not " + token);
    }
    return token;
  }

  /** The bytes of a resource's name: two names are the same if these are. */
  static byte[] bytes(String resource) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(resource));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a resource's name must be Unicode text; this one has half a surrogate pair", e);
    }
    if (!bytes.hasRemaining() || bytes.remaining() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a resource's name must have 1 to "
              + MOST_BYTES
              + " bytes of UTF-8, not "
              + bytes.remaining());
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }
}
