package io.tyer.testkit.sample;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** The sample store, held to the contract of losses. */
@Tag("variant")
class SampleContractLossTest extends StoreLossContract implements OnSample {}
