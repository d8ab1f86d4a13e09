package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** PostgreSQL, held to the contract of losses. */
@Tag("full")
class PostgresContractLossTest extends StoreLossContract implements OnPostgres {}
