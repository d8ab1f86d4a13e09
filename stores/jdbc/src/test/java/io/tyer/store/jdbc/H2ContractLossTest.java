package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** H2 in memory, held to the contract of losses. */
@Tag("full")
class H2ContractLossTest extends StoreLossContract implements OnH2 {}
