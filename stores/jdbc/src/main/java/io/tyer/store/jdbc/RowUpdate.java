package io.tyer.store.jdbc;

import io.tyer.store.record.RecordKey;
import io.tyer.store.record.Stamped;

/**
 * A row's next version.
 *
 * @param expected the version that it follows; if it is not the newest one, nothing is to be done
 * @param nonce tells this version from all others
 */
record RowUpdate(RecordKey key, Stamped expected, long nonce, Row row) {

  /** The version that it writes. */
  Stamped written(byte[] content) {
    return new Stamped(expected.version() + 1, nonce, content);
  }
}
