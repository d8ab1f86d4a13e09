package io.tyer.testkit.ordered;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** The ordered adapter, held to the contract. */
@Tag("full")
class FullContractTest extends StoreContract implements OnFull {}
