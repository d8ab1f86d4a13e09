package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** PostgreSQL, held to the contract. */
@Tag("full")
class PostgresContractTest extends StoreContract implements OnPostgres {}
