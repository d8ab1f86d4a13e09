package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** SQLite in a file, held to the contract. */
@Tag("full")
class SqliteContractTest extends StoreContract implements OnSqlite {}
