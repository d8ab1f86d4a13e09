package io.tyer.store.jdbc;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** MariaDB, held to the contract of losses. */
@Tag("full")
class MariaDbContractLossTest extends StoreLossContract implements OnMariaDb {}
