package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** Three members, held to the contract of losses. */
@Tag("full")
class RemoteTrioContractLossTest extends StoreLossContract implements OnTrio {}
