package io.tyer.server.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads the records of a snapshot; none is looked into whose checksum is wrong. */
final class RecordInput {

  private final InputStream in;
  private final CRC32C sum = new CRC32C();
  private final int version;

  /**
   * Reads what stands before the first record.
   *
   * @throws SnapshotException if it is no snapshot, or a newer one
   */
  RecordInput(InputStream in) throws IOException {
    this.in = in;
    byte[] magic = SnapshotFormat.magic();
    byte[] found = in.readNBytes(magic.length);
    if (!Arrays.equals(magic, found)) {
      if (Arrays.equals(found, Arrays.copyOf(magic, found.length))) {
        throw SnapshotException.damaged("it ends within its first bytes");
      }
      throw SnapshotException.foreign();
    }
    sum.update(magic);
    version = in.read();
    if (version > SnapshotFormat.VERSION) {
      throw SnapshotException.newer(version, SnapshotFormat.VERSION);
    }
    if (version < 1) {
      throw SnapshotException.damaged(
          version < 0 ? "it ends within its first bytes" : "there is no format " + version);
    }
    sum.update(version);
  }

  /** In which format the records are. */
  int version() {
    return version;
  }

  /** The next record, which must be there. */
  WireIn next() throws IOException {
    byte[] length = read(4);
    sum.update(length);
    int size = ByteBuffer.wrap(length).getInt();
    if (size < 1) {
      throw SnapshotException.damaged("a record of " + size + " bytes");
    }
    // Memory is taken as bytes come, however many are promised.
    byte[] record = read(size);
    sum.update(record);
    int expected = (int) sum.getValue();
    if (ByteBuffer.wrap(read(4)).getInt() != expected) {
      throw SnapshotException.damaged("a checksum is wrong");
    }
    return new WireIn(record);
  }

  /** Refuses what follows the last record. */
  void end() throws IOException {
    if (in.read() >= 0) {
      throw SnapshotException.damaged("bytes after its end");
    }
  }

  private byte[] read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw SnapshotException.damaged("it ends too early");
    }
    return bytes;
  }
}
