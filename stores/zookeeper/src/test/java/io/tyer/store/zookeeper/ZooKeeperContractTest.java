package io.tyer.store.zookeeper;

import io.tyer.testkit.contract.StoreContract;
import org.junit.jupiter.api.Tag;

/** One ZooKeeper server, held to the contract. */
@Tag("variant")
class ZooKeeperContractTest extends StoreContract implements OnZooKeeper {}
