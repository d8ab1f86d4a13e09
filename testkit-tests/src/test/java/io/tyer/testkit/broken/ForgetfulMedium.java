package io.tyer.testkit.broken;

import io.tyer.spi.StoreException;
import io.tyer.store.record.RecordKey;
import io.tyer.store.record.RecordMedium;
import io.tyer.store.record.Stamped;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Forgets the floor under the numbers when no line is left above it. */
final class ForgetfulMedium extends PassingMedium {

  /** Where a record of lines has its floor, and how many lines follow. */
  private static final int FLOOR = 2;

  private static final int LINES = FLOOR + Long.BYTES;

  ForgetfulMedium(RecordMedium medium) {
    super(medium);
  }

  @Override
  public @Nullable Stamped replace(RecordKey key, @Nullable Stamped expected, byte[] content)
      throws StoreException {
    byte[] kept = content.clone();
    ByteBuffer record = ByteBuffer.wrap(kept);
    boolean drawn = key.kind() == RecordKey.Kind.LINES && record.getLong(FLOOR) >= 0;
    if (drawn && record.getInt(LINES) == 0) {
      record.putLong(FLOOR, 0);
    }
    return super.replace(key, expected, kept);
  }
}
