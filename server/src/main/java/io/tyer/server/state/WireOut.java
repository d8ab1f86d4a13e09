package io.tyer.server.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes bytes into an array that grows. Varints have seven bits a byte, lowest first, 128 added to
 * all but the last, never longer than needed; negative numbers take ten bytes.
 */
final class WireOut {

  private byte[] bytes = new byte[256];
  private int length;

  WireOut put(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  WireOut putFlag(boolean flag) {
    return put(flag ? 1 : 0);
  }

  WireOut putFixed(long value) {
    room(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  WireOut putVarint(long value) {
    room(Wire.MAX_VARINT);
    long rest = value;
    while (rest < 0 || rest > 127) {
      bytes[length++] = (byte) (rest | 128);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
    return this;
  }

  WireOut putBytes(byte[] value) {
    putVarint(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  WireOut putText(String text) {
    return putBytes(text.getBytes(UTF_8));
  }

  WireOut putName(LockName name) {
    return putBytes(name.utf8());
  }

  WireOut putSession(SessionId id) {
    return putFixed(id.high()).putFixed(id.low());
  }

  WireOut putRequest(RequestId id) {
    return putFixed(id.high()).putFixed(id.low());
  }

  int length() {
    return length;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Writes all of it, and begins anew. */
  void drainTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * length));
    }
  }
}
