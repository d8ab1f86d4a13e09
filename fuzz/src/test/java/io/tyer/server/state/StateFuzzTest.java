package io.tyer.server.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tyer.fuzz.Refusals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Any input is an entry or a snapshot, and written again the same, or is refused. */
class StateFuzzTest {

  @FuzzTest
  void entry(byte[] bytes) throws IOException {
    Entry entry;
    try {
      entry = EntryCodec.decode(bytes);
    } catch (MalformedEntryException e) {
      Refusals.explains(e, bytes.length);
      return;
    }
    assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
    LockMachine machine = new LockMachine();
    Applied applied = machine.apply(entry);
    assertThat(applied.outcomes()).hasSameSizeAs(entry.commands());
    assertThat(restored(saved(machine)).hash()).isEqualTo(machine.hash());
  }

  @FuzzTest
  void snapshot(byte[] bytes) throws IOException {
    takeOrRefuse(bytes);
  }

  /** With right checksums, so that what they protect is read. */
  @FuzzTest
  void records(FuzzedDataProvider in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordOutput records = new RecordOutput(out, SnapshotFormat.VERSION);
    records.begin(SnapshotFormat.HEAD).putVarint(in.consumeLong()).putVarint(in.consumeLong());
    records.end();
    while (in.remainingBytes() > 0) {
      WireOut record = records.begin(in.consumeByte());
      for (byte next : in.consumeBytes(in.consumeInt(0, 500))) {
        record.put(next);
      }
      records.end();
    }
    takeOrRefuse(out.toByteArray());
  }

  private static void takeOrRefuse(byte[] bytes) throws IOException {
    LockMachine machine;
    try {
      machine = restored(bytes);
    } catch (SnapshotException e) {
      Refusals.explains(e, bytes.length);
      return;
    }
    assertThat(saved(machine)).isEqualTo(bytes);
  }

  private static LockMachine restored(byte[] bytes) throws IOException {
    return LockMachine.restore(new ByteArrayInputStream(bytes));
  }

  private static byte[] saved(LockMachine machine) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    machine.save(out);
    return out.toByteArray();
  }
}
