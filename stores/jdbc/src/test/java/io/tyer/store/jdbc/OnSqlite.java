package io.tyer.store.jdbc;

import io.tyer.servers.sql.SqliteKind;
import io.tyer.testkit.contract.StoreSource;
import io.tyer.testkit.contract.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Path;

/** Runs a suite of the contract on a database of its own. */
interface OnSqlite extends StoreSource {

  @Override
  default StoreUnderTest storeUnderTest(Path scratch) throws IOException {
    return new DatabaseUnderTest(new SqliteKind(), scratch);
  }
}
