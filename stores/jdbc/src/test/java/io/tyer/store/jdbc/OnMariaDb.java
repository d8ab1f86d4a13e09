package io.tyer.store.jdbc;

import io.tyer.servers.sql.MariaDbKind;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs a suite of the contract on a database of its own; on a server of its own where it is killed.
 */
interface OnMariaDb extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    MariaDbKind kind = new MariaDbKind();
    return new DatabaseUnderTest(kind, kind::shared);
  }

  @Override
  default StoreUnderTest storeToRestart(Path scratch) throws IOException {
    return new DatabaseUnderTest(new MariaDbKind(), scratch);
  }
}
