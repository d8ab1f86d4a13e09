package io.tyer.server.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tyer.line.LockName;
import io.tyer.line.RequestId;
import io.tyer.line.SessionId;
import java.util.Arrays;

/**
 * Reads what {@link WireOut} wrote; anything else, and another form of the same, is refused by an
 * {@link IllegalArgumentException} that says what is wrong.
 */
final class WireIn {

  private final byte[] bytes;
  private int at;

  WireIn(byte[] bytes) {
    this.bytes = bytes;
  }

  int remaining() {
    return bytes.length - at;
  }

  int get() {
    need(1);
    return Byte.toUnsignedInt(bytes[at++]);
  }

  boolean getFlag() {
    int flag = get();
    if (flag > 1) {
      throw new IllegalArgumentException("a flag is 0 or 1, not " + flag);
    }
    return flag == 1;
  }

  long getFixed() {
    need(Long.BYTES);
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << Byte.SIZE) | Byte.toUnsignedLong(bytes[at++]);
    }
    return value;
  }

  long getVarint() {
    long value = 0;
    for (int i = 0; i < Wire.MAX_VARINT; i++) {
      int next = get();
      value |= (next & 127L) << (7 * i);
      if (next < 128) {
        if ((next == 0 && i > 0) || (i == Wire.MAX_VARINT - 1 && next > 1)) {
          throw new IllegalArgumentException("a number with more bits or bytes than it needs");
        }
        return value;
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  long getVarint(long max) {
    long value = getVarint();
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "the number " + value + " where 0 to " + max + " is right");
    }
    return value;
  }

  int getInt() {
    long value = getVarint();
    if (value != (int) value) {
      throw new IllegalArgumentException("the number " + value + ", which does not fit 32 bits");
    }
    return (int) value;
  }

  /** How many things follow that take at least so many bytes each. */
  int getCount(int leastBytes) {
    long count = getVarint(Integer.MAX_VALUE);
    if (count > remaining() / leastBytes) {
      throw new IllegalArgumentException(count + " things in " + remaining() + " bytes");
    }
    return (int) count;
  }

  byte[] getBytes() {
    int length = getCount(1);
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  String getText() {
    byte[] utf8 = getBytes();
    String text = new String(utf8, UTF_8);
    // What is not UTF-8 was replaced above, so that it is not written again as it was.
    if (!Arrays.equals(utf8, text.getBytes(UTF_8))) {
      throw new IllegalArgumentException("text that is not UTF-8");
    }
    return text;
  }

  LockName getName() {
    return LockName.of(getText());
  }

  SessionId getSession() {
    return new SessionId(getFixed(), getFixed());
  }

  RequestId getRequest() {
    return new RequestId(getFixed(), getFixed());
  }

  /** Refuses bytes that nothing has asked for. */
  void end() {
    if (remaining() > 0) {
      throw new IllegalArgumentException("bytes after the end: " + remaining());
    }
  }

  private void need(int count) {
    if (remaining() < count) {
      throw new IllegalArgumentException("it ends too early");
    }
  }
}
