package io.tyer.store.record;

import java.nio.ByteBuffer;

/** The first two bytes of every record: what it holds, and in which format. */
enum RecordHead {
  /** Lines of some names. */
  BUCKET('L'),
  /** A session. */
  SESSION('S'),
  /** The high-water mark of numbers. */
  NUMBERS('N'),
  /** When the store was last swept. */
  SWEEP('W');

  static final int LENGTH = 2;

  private static final int VERSION = 1;

  private final byte kind;

  RecordHead(char kind) {
    this.kind = (byte) kind;
  }

  void put(ByteBuffer out) {
    out.put(kind).put((byte) VERSION);
  }

  /** The content behind the head. */
  ByteBuffer check(byte[] content) throws MalformedRecordException {
    if (content.length < LENGTH || content[0] != kind) {
      throw MalformedRecordException.malformed("it does not begin like a record of this kind");
    }
    int version = Byte.toUnsignedInt(content[1]);
    if (version > VERSION) {
      throw MalformedRecordException.newer(version, VERSION);
    }
    if (version != VERSION) {
      throw MalformedRecordException.malformed("there is no format " + version);
    }
    return ByteBuffer.wrap(content).position(LENGTH);
  }
}
