package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreLossContract;
import org.junit.jupiter.api.Tag;

/** A member of the lock server, held to the contract of losses. */
@Tag("variant")
class RemoteContractLossTest extends StoreLossContract implements OnMember {}
