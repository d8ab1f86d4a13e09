package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** SQLite in a file, held to the contract of losses. */
@Tag("variant")
class SqliteContractLossTest extends StoreLossContract implements OnSqlite {}
