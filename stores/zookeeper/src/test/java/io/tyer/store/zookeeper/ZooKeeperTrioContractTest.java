package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** An ensemble of three, held to the contract. */
@Tag("full")
class ZooKeeperTrioContractTest extends StoreContract implements OnEnsemble {}
