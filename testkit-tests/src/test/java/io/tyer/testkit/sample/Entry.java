package io.tyer.testkit.sample;

import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A change of a record, as the log keeps it.
 *
 * @param removed whether the record is gone with this change
 * @param stamped what it is now
 * @param writtenMillis when, by the server's clock
 */
record Entry(RecordKey key, boolean removed, Stamped stamped, long writtenMillis) {

  void putTo(DataOutputStream out) throws IOException {
    Wire.putKey(out, key);
    out.writeBoolean(removed);
    out.writeLong(stamped.version());
    out.writeLong(stamped.nonce());
    out.writeLong(writtenMillis);
    out.write(stamped.content());
  }

  static Entry get(DataInputStream in) throws IOException {
    RecordKey key = Wire.getKey(in);
    boolean removed = in.readBoolean();
    long version = in.readLong();
    long nonce = in.readLong();
    long millis = in.readLong();
    return new Entry(key, removed, new Stamped(version, nonce, in.readAllBytes()), millis);
  }
}
