package io.tyer.store.record;

import io.tyer.line.Line;
import io.tyer.line.LineCodec;
import io.tyer.line.LockName;
import io.tyer.line.MalformedLineException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line as it stands in a bucket: as bytes, read when somebody wants it. Who changes one line of a
 * bucket neither reads nor writes the others, only copies their bytes.
 */
final class StoredLine {

  /** What stands before the line: the name with its length, and the line's length. */
  static final int LENGTHS = Short.BYTES + Integer.BYTES;

  private final LockName name;
  private final byte[] bytes;
  private final int offset;
  private final int length;
  private final int lineLength;

  /** What the bytes say. Racy on purpose: a line is immutable, and reading twice is harmless. */
  private @Nullable Line line;

  private StoredLine(
      LockName name, byte[] bytes, int offset, int length, int lineLength, @Nullable Line line) {
    this.name = name;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.lineLength = lineLength;
    this.line = line;
  }

  static StoredLine of(LockName name, Line line) {
    byte[] utf8 = name.utf8();
    byte[] encoded = LineCodec.encode(line);
    ByteBuffer out = ByteBuffer.allocate(LENGTHS + utf8.length + encoded.length);
    out.putShort((short) utf8.length).put(utf8).putInt(encoded.length).put(encoded);
    return new StoredLine(name, out.array(), 0, out.position(), encoded.length, line);
  }

  /** The line that ends where the whole ends, in a part of an array that nobody changes. */
  static StoredLine read(LockName name, byte[] bytes, int offset, int end, int lineLength) {
    return new StoredLine(name, bytes, offset, end - offset, lineLength, null);
  }

  LockName name() {
    return name;
  }

  /** How many bytes {@link #putTo} puts. */
  int length() {
    return length;
  }

  /** Puts name and line as they stand in a bucket. */
  void putTo(ByteBuffer out) {
    out.put(bytes, offset, length);
  }

  Line line() throws MalformedRecordException {
    Line known = line;
    if (known == null) {
      known = decode();
      line = known;
    }
    return known;
  }

  private Line decode() throws MalformedRecordException {
    Line decoded;
    try {
      int start = offset + length - lineLength;
      decoded = LineCodec.decode(ByteBuffer.wrap(bytes, start, lineLength));
    } catch (MalformedLineException e) {
      throw MalformedRecordException.of(e);
    }
    if (decoded.isEmpty()) {
      throw MalformedRecordException.malformed("a line without tickets, which buckets do not keep");
    }
    return decoded;
  }
}
