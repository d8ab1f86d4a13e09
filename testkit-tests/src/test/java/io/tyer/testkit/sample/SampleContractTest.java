package io.tyer.testkit.sample;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** The sample store, held to the contract. */
@Tag("variant")
class SampleContractTest extends StoreContract implements OnSample {}
