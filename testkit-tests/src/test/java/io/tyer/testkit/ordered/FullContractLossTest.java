package io.tyer.testkit.ordered;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** The ordered adapter, held to the contract of losses. */
@Tag("full")
class FullContractLossTest extends StoreLossContract implements OnFull {}
