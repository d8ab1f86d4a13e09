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

  private final LockName name;
  private final byte[] bytes;
  private final int offset;
  private final int length;

  /** What the bytes say. Racy on purpose: a line is immutable, and reading twice is harmless. */
  private @Nullable Line line;

  private StoredLine(LockName name, byte[] bytes, int offset, int length, @Nullable Line line) {
    this.name = name;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
    this.line = line;
  }

  static StoredLine of(LockName name, Line line) {
    byte[] bytes = LineCodec.encode(line);
    return new StoredLine(name, bytes, 0, bytes.length, line);
  }

  /** The line in a part of an array that nobody changes. */
  static StoredLine read(LockName name, byte[] bytes, int offset, int length) {
    return new StoredLine(name, bytes, offset, length, null);
  }

  LockName name() {
    return name;
  }

  /** How many bytes {@link #putTo} puts. */
  int length() {
    return length;
  }

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
      decoded = LineCodec.decode(ByteBuffer.wrap(bytes, offset, length));
    } catch (MalformedLineException e) {
      throw MalformedRecordException.of(e);
    }
    if (decoded.isEmpty()) {
      throw MalformedRecordException.malformed("a line without tickets, which buckets do not keep");
    }
    return decoded;
  }
}
