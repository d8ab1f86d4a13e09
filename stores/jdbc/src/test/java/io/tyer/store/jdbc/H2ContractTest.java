package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** H2 in memory, held to the contract. */
@Tag("full")
class H2ContractTest extends StoreContract implements OnH2 {}
