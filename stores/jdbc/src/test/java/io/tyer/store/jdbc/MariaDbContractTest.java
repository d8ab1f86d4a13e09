package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** MariaDB, held to the contract. */
@Tag("full")
class MariaDbContractTest extends StoreContract implements OnMariaDb {}
