package io.tyer.store.remote;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** A member of the lock server, held to the contract. */
@Tag("variant")
class RemoteContractTest extends StoreContract implements OnMember {}
