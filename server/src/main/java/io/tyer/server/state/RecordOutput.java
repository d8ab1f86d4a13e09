package io.tyer.server.state;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes the records of a snapshot, each with a checksum of all before it. */
final class RecordOutput {

  private final OutputStream out;
  private final CheckedOutputStream checked;
  private final WireOut record = new WireOut();

  RecordOutput(OutputStream out, int version) throws IOException {
    this.out = out;
    this.checked = new CheckedOutputStream(out, new CRC32C());
    checked.write(SnapshotFormat.magic());
    checked.write(version);
  }

  /** Begins a record of this kind. */
  WireOut begin(int kind) {
    return record.put(kind);
  }

  /** Ends the record that was begun. */
  void end() throws IOException {
    checked.write(ByteBuffer.allocate(4).putInt(record.length()).array());
    record.drainTo(checked);
    byte[] sum = ByteBuffer.allocate(4).putInt((int) checked.getChecksum().getValue()).array();
    out.write(sum);
  }
}
