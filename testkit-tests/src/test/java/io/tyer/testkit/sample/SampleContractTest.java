package io.tyer.testkit.sample;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** The sample store, held to the contract. */
@Tag("full")
@Tag("every-store")
class SampleContractTest extends StoreContract implements OnSample {}
