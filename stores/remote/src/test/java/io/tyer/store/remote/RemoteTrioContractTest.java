package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** Three members, held to the contract. */
@Tag("full")
class RemoteTrioContractTest extends StoreContract implements OnTrio {}
