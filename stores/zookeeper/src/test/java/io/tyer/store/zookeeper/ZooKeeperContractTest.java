package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** One ZooKeeper server, held to the contract. */
@Tag("full")
@Tag("every-store")
class ZooKeeperContractTest extends StoreContract implements OnZooKeeper {}
