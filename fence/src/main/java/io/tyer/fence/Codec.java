package io.tyer.fence;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How values are kept as bytes. Used by many threads at once. What it throws reaches the caller,
 * and nothing was written then.
 *
 * @param <T> what the values are
 */
public interface Codec<T> {

  /** A value's bytes; nobody changes them afterwards. */
  byte[] encode(T value);

  /** The value of bytes that {@link #encode} made, perhaps in another version of the program. */
  T decode(byte[] bytes);

  /** Text as UTF-8; what is no Unicode text is refused by {@link IllegalArgumentException}. */
  static Codec<String> text() {
    return TextCodec.INSTANCE;
  }

  /** Bytes as they are, copied, so that what the caller changes later is not changed here. */
  static Codec<byte[]> bytes() {
    return BytesCodec.INSTANCE;
  }

  /** See {@link #text}. */
  enum TextCodec implements Codec<String> {
    /** The only one. */
    INSTANCE;

    @Override
    public byte[] encode(String value) {
      try {
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "a text must be Unicode; this one has half a surrogate pair", e);
      }
    }

    @Override
    public String decode(byte[] bytes) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "what is kept is no UTF-8: it was written by another codec", e);
      }
    }
  }

  /** See {@link #bytes}. */
  enum BytesCodec implements Codec<byte[]> {
    /** The only one. */
    INSTANCE;

    @Override
    public byte[] encode(byte[] value) {
      return value.clone();
    }

    @Override
    public byte[] decode(byte[] bytes) {
      return bytes.clone();
    }
  }
}
